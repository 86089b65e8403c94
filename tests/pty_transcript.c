/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Types at a program through a pseudo-terminal and compares what a person
 * would see.
 *
 *     pty_transcript PROGRAM SCRIPT…
 *
 * A script is read line by line:
 *
 *     # …            a comment
 *     @size C R      the terminal's size, 80 24 otherwise (before the start)
 *     @env NAME=TEXT environment (before the start)
 *     @args WORD…    the program's arguments (before the start)
 *     > KEYS         types KEYS and Enter
 *     >> KEYS        types KEYS; in both, \e \t \r \n \\ and ^C as in C and on
 *                    keyboards: \^c is Ctrl-C
 *     | TEXT         the next of the last lines on the screen
 *     ~ REGEX        the same, as a POSIX extended regular expression
 *     @resize C R    the terminal changes its size
 *     @signal NAME   INT, TERM, CONT, … to the program
 *     @run COMMAND   runs a shell command, which must succeed
 *     @exit STATUS   waits for the program to end
 *     @restart       starts it again, in the same home
 *
 * A terminal drops at Ctrl-C what it has not yet passed on, to either side:
 * the screen has to show what came before it, and the answer, with | or ~.
 *
 * Lines of | and ~ that follow one another are the end of the screen's text;
 * the program has ten seconds to get there.  The program starts at the first
 * line that needs it, with an empty $HOME.
 */
#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <regex.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "screen.h"

static const double patience = 10.0; /* seconds; more under a sanitizer */

enum { MAX_ARGS = 16, MAX_EXPECTED = 64 };

struct run {
    const char *program, *script;
    int line; /* of the script */
    char home[64];
    int columns, rows;
    char *args[MAX_ARGS + 2];
    int arg_count;
    char *environment[MAX_ARGS]; /* of @env, for this script alone */
    int environment_count;
    struct screen screen;
    pid_t process; /* 0: does not run */
    int terminal;
    char *expected[MAX_EXPECTED];
    int expected_count;
    bool failed;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void fail(struct run *run, const char *what)
{
    printf("%s:%d: %s\n", run->script, run->line, what);
    run->failed = true;
}

/* ----------------------------------------------------------- the program */

static void child(struct run *run)
{
    setenv("HOME", run->home, 1);
    setenv("XDG_STATE_HOME", run->home, 1);
    setenv("XDG_CONFIG_HOME", run->home, 1);
    setenv("INPUTRC", "/dev/null", 1);
    setenv("NO_COLOR", "1", 1);
    unsetenv("COLUMNS");
    unsetenv("LINES");
    for (int i = 0; i < run->environment_count; i++)
        putenv(run->environment[i]);
    run->args[0] = (char *)run->program;
    run->args[run->arg_count + 1] = NULL;
    execv(run->program, run->args);
    perror(run->program);
    _exit(127);
}

static void start(struct run *run)
{
    struct winsize size = {.ws_col = (unsigned short)run->columns,
                           .ws_row = (unsigned short)run->rows};
    if (run->process)
        return;
    screen_init(&run->screen, run->columns, run->rows);
    fflush(stdout);
    run->process = forkpty(&run->terminal, NULL, NULL, &size);
    if (run->process == 0)
        child(run);
    if (run->process < 0) {
        run->process = 0;
        fail(run, strerror(errno));
    }
}

/* Takes what the program wrote within MILLISECONDS; false when it ended. */
static bool read_output(struct run *run, int milliseconds)
{
    struct pollfd polled = {.fd = run->terminal, .events = POLLIN};
    char bytes[4096];
    if (poll(&polled, 1, milliseconds) <= 0)
        return true;
    ssize_t count = read(run->terminal, bytes, sizeof bytes);
    if (count > 0)
        screen_write(&run->screen, bytes, (size_t)count);
    return count > 0;
}

static void stop(struct run *run)
{
    if (!run->process)
        return;
    kill(run->process, SIGKILL);
    waitpid(run->process, NULL, 0);
    close(run->terminal);
    screen_done(&run->screen);
    run->process = 0;
}

static void expect_exit(struct run *run, int wanted)
{
    int status;
    double end = now() + patience;
    char text[80];
    while (read_output(run, 50) && now() < end)
        continue;
    while (waitpid(run->process, &status, WNOHANG) == 0) {
        if (now() > end) {
            fail(run, "the program did not end");
            stop(run);
            return;
        }
        usleep(10000);
    }
    close(run->terminal);
    screen_done(&run->screen);
    run->process = 0;
    int found = WIFEXITED(status) ? WEXITSTATUS(status)
                                  : 128 + WTERMSIG(status);
    snprintf(text, sizeof text, "exit status %d instead of %d", found, wanted);
    if (found != wanted)
        fail(run, text);
}

/* ----------------------------------------------------------------- typing */

static char unescape(const char **text)
{
    char c = *(*text)++;
    if (c != '\\')
        return c;
    c = *(*text)++;
    switch (c) {
    case 'e':
        return '\033';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'n':
        return '\n';
    case '^':
        return (char)(*(*text)++ & 0x1f);
    default:
        return c;
    }
}

static void type(struct run *run, const char *text, bool enter)
{
    char keys[4096];
    size_t length = 0;
    start(run);
    while (*text && length + 2 < sizeof keys)
        keys[length++] = unescape(&text);
    if (enter)
        keys[length++] = '\r';
    if (write(run->terminal, keys, length) != (ssize_t)length)
        fail(run, "the program takes no keys");
}

/* -------------------------------------------------------------- comparing */

static bool line_matches(const char *wanted, const char *found)
{
    if (*wanted == '|')
        return !strcmp(wanted + 1 + (wanted[1] == ' '), found);
    regex_t regex;
    if (regcomp(&regex, wanted + 2, REG_EXTENDED | REG_NOSUB))
        return false;
    bool matches = regexec(&regex, found, 0, NULL, 0) == 0;
    regfree(&regex);
    return matches;
}

static bool screen_matches(const struct run *run)
{
    int first = screen_used(&run->screen) - run->expected_count;
    bool good = first >= 0;
    for (int i = 0; i < run->expected_count && good; i++) {
        char *line = screen_line(&run->screen, first + i);
        good = line_matches(run->expected[i], line);
        free(line);
    }
    return good;
}

static void print_difference(const struct run *run)
{
    int used = screen_used(&run->screen);
    int first = used - run->expected_count - 3;
    printf("expected:\n");
    for (int i = 0; i < run->expected_count; i++)
        printf("    %s\n", run->expected[i]);
    printf("on the screen:\n");
    for (int i = first > 0 ? first : 0; i < used; i++) {
        char *line = screen_line(&run->screen, i);
        printf("    | %s\n", line);
        free(line);
    }
}

static void compare(struct run *run)
{
    if (!run->expected_count)
        return;
    double end = now() + patience;
    start(run);
    while (!screen_matches(run) && now() < end)
        if (!read_output(run, 20))
            break;
    if (!screen_matches(run)) {
        fail(run, "the screen is not as expected");
        print_difference(run);
    }
    while (run->expected_count)
        free(run->expected[--run->expected_count]);
}

/* ------------------------------------------------------------- the script */

static int signal_number(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } rows[] = {{"INT", SIGINT},   {"TERM", SIGTERM}, {"HUP", SIGHUP},
                {"TSTP", SIGTSTP}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, name))
            return rows[i].number;
    return 0;
}

static void resize(struct run *run, int columns, int rows)
{
    struct winsize size = {.ws_col = (unsigned short)columns,
                           .ws_row = (unsigned short)rows};
    if (ioctl(run->terminal, TIOCSWINSZ, &size))
        fail(run, strerror(errno));
}

static void take_arguments(struct run *run, char *words)
{
    for (char *word = strtok_r(words, " ", &words);
         word && run->arg_count < MAX_ARGS;
         word = strtok_r(NULL, " ", &words))
        run->args[++run->arg_count] = xstrdup(word);
}

static void directive(struct run *run, char *line)
{
    int a, b;
    char name[16];
    if (sscanf(line, "@size %d %d", &a, &b) == 2) {
        run->columns = a;
        run->rows = b;
    } else if (sscanf(line, "@resize %d %d", &a, &b) == 2) {
        resize(run, a, b);
    } else if (sscanf(line, "@exit %d", &a) == 1) {
        start(run);
        expect_exit(run, a);
    } else if (sscanf(line, "@signal %15s", name) == 1) {
        start(run);
        kill(run->process, signal_number(name));
    } else if (!strncmp(line, "@run ", 5)) {
        start(run);
        if (system(line + 5) != 0)
            fail(run, "the command failed");
    } else if (!strncmp(line, "@env ", 5)) {
        if (run->environment_count < MAX_ARGS)
            run->environment[run->environment_count++] = xstrdup(line + 5);
    } else if (!strncmp(line, "@args ", 6)) {
        take_arguments(run, line + 6);
    } else if (!strcmp(line, "@restart")) {
        stop(run);
        start(run);
    } else {
        fail(run, "no such directive");
    }
}

static void step(struct run *run, char *line)
{
    bool expects = *line == '|' || *line == '~';
    if (expects && run->expected_count < MAX_EXPECTED) {
        run->expected[run->expected_count++] = xstrdup(line);
        return;
    }
    compare(run);
    if (*line == '@')
        directive(run, line);
    else if (!strncmp(line, ">> ", 3))
        type(run, line + 3, false);
    else if (*line == '>')
        type(run, line + 1 + (line[1] == ' '), true);
    else if (*line && *line != '#')
        fail(run, "what is this line?");
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *walk)
{
    (void)info;
    (void)kind;
    (void)walk;
    return remove(path);
}

static bool run_script(const char *program, const char *script)
{
    struct run run = {.program = program,
                      .script = script,
                      .home = "/tmp/pty_transcript.XXXXXX",
                      .columns = 80,
                      .rows = 24};
    FILE *file = fopen(script, "r");
    char *line = NULL;
    size_t capacity = 0;
    if (!file || !mkdtemp(run.home)) {
        perror(script);
        return false;
    }
    while (!run.failed && getline(&line, &capacity, file) > 0) {
        run.line++;
        line[strcspn(line, "\n")] = '\0';
        step(&run, line);
    }
    compare(&run);
    stop(&run);
    for (int i = 0; i < run.environment_count; i++)
        free(run.environment[i]);
    for (int i = 0; i < run.arg_count; i++)
        free(run.args[i + 1]);
    free(line);
    fclose(file);
    nftw(run.home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    printf("%s %s\n", run.failed ? "FAIL" : "ok  ", script);
    return !run.failed;
}

int main(int argc, char **argv)
{
    int failures = 0;
    if (argc < 3) {
        fprintf(stderr, "usage: pty_transcript PROGRAM SCRIPT...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        pid_t worker = fork(); /* what one script sets, others do not see */
        int status = 1;
        if (worker == 0)
            exit(run_script(argv[1], argv[i]) ? 0 : 1);
        waitpid(worker, &status, 0);
        failures += status != 0;
    }
    return failures ? 1 : 0;
}
