/* The control socket's client: latchkey-mock-idp ctl SOCKET COMMAND. */
#ifndef MOCK_IDP_CONTROL_CTL_H
#define MOCK_IDP_CONTROL_CTL_H

/*
 * Sends the words as one line, copies the answer to fd out; 0 when it is {"ok":true...}, 1
 * otherwise. Of an answer of many lines, the last is not copied. Complaints go to standard error.
 */
int ctl_run(const char *path, int nwords, char *const words[], int out);

#endif
