/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/progress.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const double redraw_interval = 0.1;
enum { BAR_WIDTH = 30 };

/* What the line has room for, from all to least. */
enum layout { FULL, WITHOUT_BAR, WITHOUT_TIME, PERCENT, VALUES, LAYOUTS };

/* -------------------------------------------------------------- the parts */

static bool is_complete(const struct train_event *event)
{
    return event->sample >= event->samples;
}

static double share(const struct train_event *event)
{
    return event->samples ? (double)event->sample / (double)event->samples
                          : 1.0;
}

/* [=====>........................] */
static void add_bar(struct strbuf *sb, const struct train_event *event)
{
    int filled = (int)(BAR_WIDTH * share(event));
    strbuf_adds(sb, " [");
    if (filled > 0) {
        strbuf_repeat(sb, '=', (size_t)filled - 1);
        strbuf_addc(sb, is_complete(event) ? '=' : '>');
    }
    strbuf_repeat(sb, '.', (size_t)(BAR_WIDTH - filled));
    strbuf_addc(sb, ']');
}

/* 12800/60000, the first number as wide as the second: samples, and steps
   when fit() shows them. */
static void add_count(struct strbuf *sb, const struct train_event *event)
{
    int64_t done = event->verbose ? event->batch : event->sample;
    int64_t all = event->verbose ? event->batches : event->samples;
    int digits = snprintf(NULL, 0, "%" PRId64, all);
    strbuf_addf(sb, "%*" PRId64 "/%" PRId64, digits, done, all);
}

/* 4ms/step */
static void add_step(struct strbuf *sb, const struct train_event *event)
{
    double step = event->seconds / (double)event->batches;
    if (step >= 1.0)
        strbuf_addf(sb, "%.0fs/step", step);
    else if (step >= 1e-3)
        strbuf_addf(sb, "%.0fms/step", step * 1e3);
    else
        strbuf_addf(sb, "%.0fus/step", step * 1e6);
}

/* 12s, 1:05, 2:00:07 */
static void add_duration(struct strbuf *sb, double seconds)
{
    int64_t whole = seconds < 1e9 ? (int64_t)seconds : 1000000000;
    int minutes = (int)(whole / 60 % 60), rest = (int)(whole % 60);
    if (whole >= 3600)
        strbuf_addf(sb, "%" PRId64 ":%02d:%02d", whole / 3600, minutes, rest);
    else if (whole >= 60)
        strbuf_addf(sb, "%d:%02d", minutes, rest);
    else
        strbuf_addf(sb, "%ds", rest);
}

/* What is left of the epoch, or at its end what it took. */
static void add_time(struct strbuf *sb, const struct train_event *event)
{
    double done = share(event);
    strbuf_adds(sb, is_complete(event) ? " - " : " - ETA: ");
    if (is_complete(event)) {
        add_duration(sb, round(event->seconds));
        if (event->verbose) {
            strbuf_addc(sb, ' ');
            add_step(sb, event);
        }
    } else {
        add_duration(sb,
                     done > 0.0 ? event->seconds / done * (1.0 - done) : 0.0);
    }
}

static void add_values(struct strbuf *sb, const struct train_event *event,
                       const char *separator)
{
    for (int i = 0; i < event->value_count; i++) {
        double value = event->values[i];
        strbuf_addf(sb, "%s%s: ", i ? " - " : separator, event->names[i]);
        if (isnan(value))
            strbuf_adds(sb, "nan"); /* C prints its sign, too */
        else if (fabs(value) > 1e-3 || value == 0.0)
            strbuf_addf(sb, "%.4f", value);
        else
            strbuf_addf(sb, "%.4e", value);
    }
}

/* --------------------------------------------------------------- the line */

static void add_line(struct strbuf *sb, const struct train_event *event,
                     enum layout layout)
{
    if (layout == VALUES) {
        add_values(sb, event, "");
        return;
    }
    if (layout == PERCENT)
        strbuf_addf(sb, "%3d%%", (int)(100.0 * share(event)));
    else
        add_count(sb, event);
    if (layout == FULL)
        add_bar(sb, event);
    if (layout < WITHOUT_TIME)
        add_time(sb, event);
    add_values(sb, event, " - ");
}

void progress_format(struct strbuf *sb, const struct train_event *event,
                     int columns)
{
    size_t start = sb->length;
    for (int layout = FULL; layout < LAYOUTS; layout++) {
        strbuf_truncate(sb, start);
        add_line(sb, event, (enum layout)layout);
        if (columns <= 0 || sb->length - start <= (size_t)columns)
            return;
    }
    strbuf_truncate(sb, start + (size_t)columns);
}

void progress_init(struct progress *progress, output_sink *write, void *context,
                   bool terminal, int columns)
{
    *progress = (struct progress){.write = write,
                                  .context = context,
                                  .terminal = terminal,
                                  .columns = columns};
}

static void emit(const struct progress *progress, struct strbuf *sb)
{
    progress->write(progress->context, sb->text, sb->length);
    strbuf_done(sb);
}

/* Over what stood there.  The last column stays empty: some terminals go to
   the next line as soon as it is written. */
static void draw(struct progress *progress, const struct train_event *event,
                 bool last)
{
    struct strbuf sb = STRBUF_INIT;
    if (progress->terminal)
        strbuf_addc(&sb, '\r');
    size_t start = sb.length;
    progress_format(&sb, event, progress->terminal ? progress->columns - 1 : 0);
    size_t length = sb.length - start;
    if (progress->terminal && length < progress->length)
        strbuf_repeat(&sb, ' ', progress->length - length);
    progress->length = last ? 0 : length;
    progress->drawn = event->seconds;
    if (last)
        strbuf_addc(&sb, '\n');
    emit(progress, &sb);
}

static void begin_epoch(struct progress *progress,
                        const struct train_event *event)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "Epoch %d/%d\n", event->epoch, event->epochs);
    progress->length = 0;
    progress->drawn = event->seconds - redraw_interval;
    emit(progress, &sb);
}

/* 469/469 - 2s - loss: 0.2544 - accuracy: 0.9263 - 2s/epoch - 4ms/step */
static void write_epoch(const struct progress *progress,
                        const struct train_event *event)
{
    struct strbuf sb = STRBUF_INIT;
    add_count(&sb, event);
    strbuf_adds(&sb, " - ");
    add_duration(&sb, round(event->seconds));
    add_values(&sb, event, " - ");
    strbuf_adds(&sb, " - ");
    add_duration(&sb, round(event->seconds));
    strbuf_adds(&sb, "/epoch - ");
    add_step(&sb, event);
    strbuf_addc(&sb, '\n');
    emit(progress, &sb);
}

/* verbose=2: no line that grows. */
static bool observe_epochs(struct progress *progress,
                           const struct train_event *event)
{
    if (event->kind == TRAIN_EPOCH_BEGIN)
        begin_epoch(progress, event);
    if (event->kind == TRAIN_EPOCH_END || event->kind == TRAIN_EVALUATED)
        write_epoch(progress, event);
    return true;
}

bool progress_observe(void *context, const struct train_event *event)
{
    struct progress *progress = context;
    if (event->verbose >= 2)
        return observe_epochs(progress, event);
    switch (event->kind) {
    case TRAIN_EPOCH_BEGIN:
        begin_epoch(progress, event);
        break;
    case TRAIN_BATCH:
        if (progress->terminal && !is_complete(event) &&
            event->seconds - progress->drawn >= redraw_interval)
            draw(progress, event, false);
        break;
    case TRAIN_EPOCH_END:
    case TRAIN_EVALUATED:
        draw(progress, event, true);
        break;
    case TRAIN_STOP:
        if (event->batch > 0)
            draw(progress, event, true);
        break;
    case TRAIN_END:
        break;
    }
    return true;
}

void progress_leave(struct progress *progress)
{
    if (progress->length > 0)
        progress->write(progress->context, "\n", 1);
    progress->length = 0;
}
