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
    char *line;
    size_t capacity;
};

static _Noreturn void become_peer(const char *path, const char *argument,
                                  int input, int output)
{
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    /* "No module named torch" is no news to who runs the benchmark. */
    if (!freopen("/dev/null", "w", stderr))
        _exit(127);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    const char *python = getenv("PYTHON");
    execlp(python && *python ? python : "python3", "python3", path, argument,
           (char *)NULL);
    _exit(127);
}

struct peer *peer_start(const char *folder, const char *script,
                        const char *argument)
{
    struct strbuf path = STRBUF_INIT;
    int to[2], from[2];

    if (!folder || pipe(to) || pipe(from))
        return NULL;
    signal(SIGPIPE, SIG_IGN);
    strbuf_addf(&path, "%s/%s", folder, script);
    struct peer *peer = xcalloc(1, sizeof *peer);
    peer->pid = fork();
    if (peer->pid < 0)
        bench_give_up("fork", NULL);
    if (peer->pid == 0)
        become_peer(path.text, argument, to[0], from[1]);
    close(to[0]);
    close(from[1]);
    peer->to = fdopen(to[1], "w");
    peer->from = fdopen(from[0], "r");
    strbuf_done(&path);
    if (!peer_read(peer)) {
        peer_end(peer);
        return NULL;
    }
    return peer;
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
    free(peer);
}
