/* latchkey-mock-idp browser: the person and the browser. RFC 8252, RFC 8628 section 3.3. */
#ifndef MOCK_IDP_BROWSER_BROWSER_H
#define MOCK_IDP_BROWSER_BROWSER_H

#include <stdio.h>

/*
 * The words behind "browser"; JSON lines to out, complaints about the words to standard error.
 * 0: the loopback listener answered 200, or the page says that the decision counts, or the errand
 * was not to go there; 1: not so; 2: wrong words. SIGPIPE is ignored from then on.
 */
int browser_run(int nwords, char *const words[], FILE *out);

#endif
