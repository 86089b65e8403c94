/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a program: parsed as typed at the prompt and as a file, then
 * run with all modules, a tenth of a second and 16 MiB an array at most.
 */
#include <signal.h>
#include <string.h>
#include <sys/time.h>

#include "base/interrupt.h"
#include "bind/bind.h"
#include "data/dataset.h"
#include "fuzz.h"
#include "lang/lang.h"
#include "tensor/format.h"
#include "tensor/storage.h"

enum { LARGEST_TENSOR = 16 << 20, MILLISECONDS = 100 };

static bool gate(int64_t nbytes)
{
    return nbytes <= LARGEST_TENSOR;
}

static void stop(int number)
{
    (void)number;
    interrupt_request();
}

static void swallow(void *context, const char *text, size_t length)
{
    (void)context;
    (void)text;
    (void)length;
}

static void set_timer(int milliseconds)
{
    struct itimerval timer = {.it_interval.tv_usec = milliseconds * 1000,
                              .it_value.tv_usec = milliseconds * 1000};
    setitimer(ITIMER_REAL, &timer, NULL);
}

/* A loop around a bare except may go on after every interrupt. */
static bool can_outlive_interrupts(const char *text, size_t size)
{
    return memmem(text, size, "except", 6) || memmem(text, size, "finally", 7);
}

/* Nothing is written: such texts are parsed only. */
static bool may_write_files(const char *text, size_t size)
{
    static const char *const words[] = {
        "eval",  "exec",  "open",  "save",  "tofile", "remove", "unlink", "rename",
        "mkdir", "makedirs", "rmdir", "chdir", "write", "touch"};
    bool found = false;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found |= memmem(text, size, words[i], strlen(words[i])) != NULL;
    return found;
}

static void render(struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    error_render(err, true, 0, 0, &text);
    strbuf_done(&text);
    error_clear(err);
}

static void run(struct program *program)
{
    struct error err = ERROR_INIT;
    struct interp *interp = interp_new();

    print_options = (struct print_options)PRINT_OPTIONS_DEFAULT;
    bind_install(interp);
    interp_set_output(interp, swallow, NULL);
    set_timer(MILLISECONDS);
    if (!program_run(interp, program, true, &err))
        render(&err);
    set_timer(0);
    interrupt_clear();
    interp_free(interp);
}

static void run_text(const char *text, size_t size,
                     struct parse_options options)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    struct strbuf python = STRBUF_INIT;
    struct source *source = source_new("<fuzz>", text, size);

    if (program_parse(source, options, &program, &err) != PARSE_OK)
        render(&err);
    else if (!options.interactive && !can_outlive_interrupts(text, size) &&
             !may_write_files(text, size))
        run(program);
    if (program)
        program_to_python(program, &python);
    strbuf_done(&python);
    program_free(program);
    source_unref(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    const char *text = (const char *)data;

    if (!ready) {
        signal(SIGALRM, stop);
        storage_set_gate(gate);
        dataset_set_directory("/nonexistent");
        ready = true;
    }
    run_text(text, size, (struct parse_options){.interactive = true});
    run_text(text, size, (struct parse_options){.shorthand = true});
    return 0;
}
