# Where this system's PAM looks for modules: the multiarch or lib64 folder under /usr, else libdir's own.
AC_DEFUN([LATCHKEY_PAMDIR], [
  pamdir='${libdir}/security'
  AS_IF([test "x$prefix" = xNONE || test "x$prefix" = x/usr], [
    multiarch=`$CC -print-multiarch 2>/dev/null`
    for d in "/usr/lib/$multiarch/security" /usr/lib64/security /usr/lib/security; do
      AS_IF([test -f "$d/pam_permit.so"], [pamdir=$d; break])
    done
  ])
])
