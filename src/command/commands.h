/* commands.h: from the command line to a command */
#ifndef COMMAND_COMMANDS_H
#define COMMAND_COMMANDS_H

/* Runs what the command line asks for: a command named first, else `report`. Returns the exit status. */
int commands_run(int argc, char **argv);

#endif
