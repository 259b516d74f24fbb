/* main.c: runs the command that is asked for */
#include "command/commands.h"

#include <signal.h>

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write like any other */
    return commands_run(argc, argv);
}
