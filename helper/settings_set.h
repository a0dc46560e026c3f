/* A row's value from a file into its field. */
#ifndef HELPER_SETTINGS_SET_H
#define HELPER_SETTINGS_SET_H

#include "common/conf.h"
#include "common/err.h"
#include "helper/settings_table.h"

/*
 * Reads k as the row says into the field at (which holds a valid value, freed here). The error's
 * sentence (E_CFG cfg.value) has no position. The field changes only on success.
 */
enum errcode settings_set(void *at, const struct settings_row *row, const struct conf_key *k,
    struct err *e) __attribute__((warn_unused_result));

/* The row's initial value into the zeroed field, or nothing where it has none. Only memory can be
 * missing. */
enum errcode settings_set_initial(void *at, const struct settings_row *row)
    __attribute__((warn_unused_result));

#endif
