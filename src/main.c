/* main.c: finds the command and runs it */
#include "base/output.h"
#include "command/command.h"

#include <signal.h>
#include <string.h>

int main(int argc, char **argv)
{
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;
    struct diag d = {0};

    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write like any other */
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return output_write(NULL, "losscope " VERSION "\n", strlen("losscope " VERSION "\n"), &d)
                   ? STATUS_OK
                   : diag_exit(&d);
    if (c) return c->run(argc - 1, argv + 1);
    return run_report(argc, argv);
}
