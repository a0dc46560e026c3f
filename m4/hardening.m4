# Each flag is compiled and linked before it is used: compilers differ.
AC_DEFUN([LATCHKEY_TRY], [AC_MSG_CHECKING([whether $CC accepts $1])
  save=$CFLAGS; CFLAGS="$CFLAGS -Werror $1"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([],[])], [AC_MSG_RESULT([yes]); $2="$$2 $1"], [AC_MSG_RESULT([no])])
  CFLAGS=$save
])
AC_DEFUN([LATCHKEY_HARDENING], [
  HARD_CFLAGS= HARD_LDFLAGS= WARN_CFLAGS=
  m4_foreach_w([lk_flag], [-Wall -Wextra -Wpedantic -Wformat=2 -Wshadow -Wconversion -Wsign-conversion
    -Wcast-qual -Wcast-align -Wpointer-arith -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes
    -Wmissing-declarations -Wold-style-definition -Wredundant-decls -Wundef -Wvla -Wnull-dereference
    -Wimplicit-fallthrough -Wswitch-enum -Wduplicated-cond -Wduplicated-branches -Wlogical-op
    -Walloc-zero -Wdate-time -Wframe-larger-than=16384], [LATCHKEY_TRY(m4_dquote(lk_flag), [WARN_CFLAGS])])
  AS_IF([test "x$enable_werror" = xyes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
  AS_IF([test "x$SAN" != x], [
    HARD_CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=$SAN -fno-sanitize-recover=all"
    HARD_LDFLAGS="-fsanitize=$SAN"
    MODULE_LDFLAGS=
  ], [
    MODULE_LDFLAGS="-Wl,-z,defs"
    m4_foreach_w([lk_flag], [-fstack-protector-strong -fstack-clash-protection -fcf-protection=full
      -ftrivial-auto-var-init=zero -fzero-call-used-regs=used-gpr -fno-delete-null-pointer-checks
      -fno-strict-overflow -fno-common -ffunction-sections], [LATCHKEY_TRY(m4_dquote(lk_flag), [HARD_CFLAGS])])
    HARD_CFLAGS="$HARD_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3"
    m4_foreach_w([lk_flag], [-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed -Wl,-z,separate-code -Wl,--gc-sections],
      [LATCHKEY_TRY(m4_dquote(lk_flag), [HARD_LDFLAGS])])
  ])
  AS_IF([test "x$enable_fuzzing" = xyes], [
    HARD_CFLAGS="$HARD_CFLAGS -fsanitize=fuzzer-no-link"
    FUZZ_ENGINE=-fsanitize=fuzzer FUZZ_MAIN=
  ], [FUZZ_ENGINE= FUZZ_MAIN=libreplay.la])
  AC_SUBST([FUZZ_ENGINE]) AC_SUBST([FUZZ_MAIN])
  AC_SUBST([MODULE_LDFLAGS]) AC_SUBST([WARN_CFLAGS]) AC_SUBST([HARD_CFLAGS]) AC_SUBST([HARD_LDFLAGS])
])
