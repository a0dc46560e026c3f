/* The subcommands of latchkey(8): each reads its own words and returns the exit status. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#define CLI_OK 0
#define CLI_REFUSED 1 /* the reason id is on standard error */
#define CLI_USAGE 2
#define CLI_EXEMPT 3 /* neither allowed nor refused: left to other modules */

int login_main(int argc, char *argv[]);
int check_main(int argc, char *argv[]);
int explain_main(int argc, char *argv[]);
int verify_main(int argc, char *argv[]);
int verify_raw_main(int argc, char *argv[]);
int pin_main(int argc, char *argv[]);
int forget_main(int argc, char *argv[]);
int accounts_main(int argc, char *argv[]);

#endif
