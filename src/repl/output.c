/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One buffer for both streams: text for the other stream waits until the
 * buffer has been written out, which keeps results and errors in order.
 */
#include "repl/output.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "repl/wake.h"

enum { QUEUE_LIMIT = 1 << 20 };

void output_init(struct output *output)
{
    *output = (struct output){.queue = STRBUF_INIT,
                              .writing = STRBUF_INIT,
                              .at_line_start = true};
    pthread_mutex_init(&output->mutex, NULL);
    pthread_cond_init(&output->drained, NULL);
}

void output_done(struct output *output)
{
    pthread_mutex_destroy(&output->mutex);
    pthread_cond_destroy(&output->drained);
    strbuf_done(&output->queue);
    strbuf_done(&output->writing);
}

static bool must_wait(const struct output *output, enum output_stream stream)
{
    return !output->closed && output->queue.length > 0 &&
           (output->stream != stream || output->queue.length >= QUEUE_LIMIT);
}

void output_write(struct output *output, enum output_stream stream,
                  const char *text, size_t length)
{
    pthread_mutex_lock(&output->mutex);
    while (must_wait(output, stream))
        pthread_cond_wait(&output->drained, &output->mutex);
    if (!output->closed && length > 0) {
        bool was_empty = output->queue.length == 0;
        output->stream = stream;
        strbuf_add(&output->queue, text, length);
        if (was_empty)
            wake_notify();
    }
    pthread_mutex_unlock(&output->mutex);
}

/* Exchanges the full buffer for the empty one. */
static enum output_stream take(struct output *output)
{
    pthread_mutex_lock(&output->mutex);
    struct strbuf full = output->queue;
    output->queue = output->writing;
    output->writing = full;
    enum output_stream stream = output->stream;
    pthread_cond_broadcast(&output->drained);
    pthread_mutex_unlock(&output->mutex);
    return stream;
}

/* A descriptor that somebody made non-blocking is waited for. */
static bool wait_writable(int fd)
{
    struct pollfd polled = {.fd = fd, .events = POLLOUT};
    return poll(&polled, 1, -1) >= 0 || errno == EINTR;
}

bool output_write_all(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, text, length);
        if (written >= 0) {
            text += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            if (!wait_writable(fd))
                return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Errors that cannot be shown are not worth ending for. */
static bool write_out(struct output *output, enum output_stream stream)
{
    const struct strbuf *text = &output->writing;
    if (stream == OUTPUT_ERRORS) {
        output_write_all(STDERR_FILENO, text->text, text->length);
        return true;
    }
    output->at_line_start = text->text[text->length - 1] == '\n';
    return output_write_all(STDOUT_FILENO, text->text, text->length);
}

bool output_drain(struct output *output)
{
    for (;;) {
        enum output_stream stream = take(output);
        if (output->writing.length == 0)
            return true;
        bool good = write_out(output, stream);
        int number = errno;
        strbuf_clear(&output->writing);
        if (!good) {
            output_close(output);
            errno = number;
            return false;
        }
    }
}

void output_close(struct output *output)
{
    pthread_mutex_lock(&output->mutex);
    output->closed = true;
    strbuf_clear(&output->queue);
    pthread_cond_broadcast(&output->drained);
    pthread_mutex_unlock(&output->mutex);
}
