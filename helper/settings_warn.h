/* What is legal and unwise in whole settings. */
#ifndef HELPER_SETTINGS_WARN_H
#define HELPER_SETTINGS_WARN_H

#include "common/err.h"
#include "helper/settings.h"

/* Appends sentences "FILE:LINE: ..." to s->warnings, up to SETTINGS_WARNINGS_MAX. E_NOMEM. */
enum errcode settings_warn(struct settings *s, struct err *e) __attribute__((warn_unused_result));

#endif
