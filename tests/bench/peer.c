/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "tests/bench/bench.h"

struct peer {
    pid_t pid;
    FILE *to, *from;
    char *line, *title;
    size_t capacity;
};

static void run_python(const char *interpreter, const char *path,
                       const char *argument)
{
    setenv("PYTHONDONTWRITEBYTECODE", "1", 1);
    execlp(interpreter, interpreter, path, argument, (char *)NULL);
}

static void run_octave(const char *interpreter, const char *path,
                       const char *argument)
{
    execlp(interpreter, interpreter, "--quiet", "--norc", path, argument,
           (char *)NULL);
}

/* Which interpreters are tried for a script: where there are two python3, the
   system's own has the system's packages. */
static const struct interpreter {
    const char *suffix, *name;
    void (*run)(const char *, const char *, const char *);
} interpreters[] = {
    {".py", NULL, run_python}, /* $PYTHON */
    {".py", "python3", run_python},
    {".py", "/usr/bin/python3", run_python},
    {".m", "octave-cli", run_octave},
};

static bool is_for(const struct interpreter *interpreter, const char *script)
{
    const char *suffix = strrchr(script, '.');
    return suffix && !strcmp(suffix, interpreter->suffix);
}

static _Noreturn void become_peer(const struct interpreter *interpreter,
                                  const char *path, const char *argument,
                                  int input, int output)
{
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    /* "No module named torch" is no news to who runs the benchmark. */
    if (!freopen("/dev/null", "w", stderr))
        _exit(127);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    const char *name = interpreter->name ? interpreter->name : getenv("PYTHON");
    if (name && *name)
        interpreter->run(name, path, argument);
    _exit(127);
}

static struct peer *start_with(const struct interpreter *interpreter,
                               const char *path, const char *argument)
{
    int to[2], from[2];

    if (pipe(to) || pipe(from))
        bench_give_up("pipe", NULL);
    struct peer *peer = xcalloc(1, sizeof *peer);
    peer->pid = fork();
    if (peer->pid < 0)
        bench_give_up("fork", NULL);
    if (peer->pid == 0)
        become_peer(interpreter, path, argument, to[0], from[1]);
    close(to[0]);
    close(from[1]);
    peer->to = fdopen(to[1], "w");
    peer->from = fdopen(from[0], "r");
    const char *title = peer_read(peer);
    if (title) {
        peer->title = xstrdup(title);
        return peer;
    }
    peer_end(peer);
    return NULL;
}

struct peer *peer_start(const char *folder, const char *script,
                        const char *argument)
{
    struct strbuf path = STRBUF_INIT;
    struct peer *peer = NULL;
    size_t count = sizeof interpreters / sizeof *interpreters;

    signal(SIGPIPE, SIG_IGN);
    strbuf_addf(&path, "%s/%s", folder, script);
    for (size_t i = 0; i < count && !peer; i++)
        if (is_for(&interpreters[i], script))
            peer = start_with(&interpreters[i], path.text, argument);
    strbuf_done(&path);
    return peer;
}

int peer_process(const struct peer *peer)
{
    return (int)peer->pid;
}

const char *peer_title(const struct peer *peer)
{
    return peer->title;
}

const char *peer_read(struct peer *peer)
{
    ssize_t length = getline(&peer->line, &peer->capacity, peer->from);

    if (length <= 0)
        return NULL;
    peer->line[strcspn(peer->line, "\n")] = '\0';
    return peer->line;
}

void peer_write(struct peer *peer, const char *text)
{
    fputs(text, peer->to);
    fflush(peer->to);
}

void peer_end(struct peer *peer)
{
    if (!peer)
        return;
    fclose(peer->to);
    fclose(peer->from);
    waitpid(peer->pid, NULL, 0);
    free(peer->line);
    free(peer->title);
    free(peer);
}
