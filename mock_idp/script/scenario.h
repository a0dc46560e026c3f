/* Scenarios of the built-in list (mock_idp/scenarios): their scripts, and the list itself. */
#ifndef MOCK_IDP_SCRIPT_SCENARIO_H
#define MOCK_IDP_SCRIPT_SCENARIO_H

#include <stdio.h>

#include "mock_idp/script/script.h"
#include "mock_idp/script/texts.h"

/* Who approves what a scenario asks for, unless it says so itself. */
#define SCENARIO_AUTO "alice"

/* The script of one of them, fresh. E_CFG: there is none of that name, or one in the list is wrong.
 */
enum errcode scenario_script(struct script **out, const struct text *texts, const char *name,
    struct err *e) __attribute__((warn_unused_result));

/* All of them: a line each (name, class, reason, what is served), or a JSON array of their heads.
 */
enum errcode scenario_list(FILE *to, const struct text *texts, bool as_json, struct err *e)
    __attribute__((warn_unused_result));

#endif
