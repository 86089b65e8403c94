/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/generator.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* ------------------------------------------------------------------ places */

enum flow frame_keep_place(struct frame *frame, struct place_kept place)
{
    struct generator *generator = frame->generator;
    VEC_PUSH(generator->places, generator->count, generator->capacity) = place;
    return FLOW_YIELD;
}

struct place_kept frame_take_place(struct frame *frame)
{
    return frame->generator->places[--frame->generator->count];
}

static void places_clear(struct generator *generator)
{
    while (generator->count) {
        struct place_kept place = generator->places[--generator->count];
        value_unref(place.value);
        if (place.error) {
            error_clear(place.error);
            free(place.error);
        }
    }
}

/* ---------------------------------------------------------------- lifetime */

struct value generator_new(struct interp *interp, struct function *function,
                           const struct value *bound)
{
    const struct code *code = function->code;
    struct generator *generator = xcalloc(1, sizeof *generator);
    struct frame *frame = &generator->frame;

    function->object.refs++;
    frame_init(frame, interp, function);
    frame->generator = generator;
    frame->slots = xcalloc((size_t)code->slot_count + 1, sizeof *frame->slots);
    frame->cells = xcalloc((size_t)(code->cell_count + code->capture_count) + 1,
                           sizeof *frame->cells);
    frame_fill(frame, bound);
    frame->self = value_ref(frame->self);
    generator->exchanged = value_none();
    tracked_add(&interp->generators, &generator->tracked);
    return value_iterator(&generator_type, generator);
}

struct generator *generator_of(struct value value)
{
    if (value.kind != VALUE_ITERATOR || value.iterator->type != &generator_type)
        return NULL;
    return value.iterator->data;
}

/* Its variables go as soon as it has ended, as a function's do. */
static void generator_finish(struct generator *generator)
{
    struct frame *frame = &generator->frame;
    struct value self = frame->self;
    if (generator->finished)
        return;
    generator->finished = true;
    places_clear(generator);
    frame_empty(frame);
    frame->self = value_none();
    value_unref(self);
    free(frame->slots);
    free(frame->cells);
    free(generator->places);
    generator->places = NULL;
    generator->capacity = 0;
    frame->slots = NULL;
    frame->cells = NULL;
    value_unref(
        (struct value){.kind = VALUE_FUNCTION, .function = frame->function});
}

void generator_abandon(struct generator *generator)
{
    if (generator->running)
        return;
    generator_finish(generator);
}

/* ------------------------------------------------------------------ running */

/* A StopIteration that leaves the body would end the loop around it without
   a word (PEP 479). */
static void check_stop(struct error *err)
{
    if (err->kind != ERROR_STOP_ITERATION)
        return;
    struct error stop = ERROR_INIT;
    error_move(&stop, err);
    error_set(err, ERROR_RUNTIME, "generator raised StopIteration");
    for (int i = 0; i < stop.frame_count; i++)
        error_frame(err, stop.frames[i].source, stop.frames[i].span,
                    stop.frames[i].function);
    error_clear(&stop);
}

static enum flow run(struct generator *generator, struct error *err)
{
    struct frame *frame = &generator->frame;
    struct interp *interp = frame->interp;
    struct value handled = interp->handled;

    generator->started = generator->running = true;
    frame->outer = interp->frame;
    interp->frame = frame;
    interp->depth++;
    enum flow flow = frame->code->loop
                         ? execute_loop_step(frame, frame->code->loop, err)
                         : execute_list(frame, &frame->code->body, err);
    interp->depth--;
    interp->frame = frame->outer;
    interp->handled = handled;
    generator->running = false;
    return flow;
}

static struct value take(struct value *value)
{
    struct value taken = *value;
    *value = value_none();
    return taken;
}

bool generator_resume(struct generator *generator, struct value sent,
                      bool *done, struct value *ret, struct error *err)
{
    struct frame *frame = &generator->frame;
    struct interp *interp = frame->interp;
    *done = false;
    if (generator->running)
        return error_set(err, ERROR_VALUE, "generator already executing");
    if (generator->finished) {
        *done = true;
        return true;
    }
    if (interp->depth >= RECURSION_LIMIT || interp_stack_is_low(interp))
        return recursion_error(err);
    value_unref(generator->exchanged);
    generator->exchanged = value_ref(sent);
    enum flow flow = run(generator, err);
    if (flow == FLOW_YIELD) {
        *ret = take(&generator->exchanged);
        return true;
    }
    if (flow == FLOW_ERROR) {
        check_stop(err);
        value_unref(take(&frame->result));
        generator_finish(generator);
        return false;
    }
    value_unref(generator->exchanged);
    generator->exchanged = take(&frame->result);
    generator_finish(generator);
    *done = true;
    return true;
}

bool generator_throw(struct generator *generator, struct error *thrown,
                     bool *done, struct value *ret, struct error *err)
{
    if (!generator->started && !generator->running)
        generator_finish(generator);
    if (generator->finished) {
        error_move(err, thrown);
        return false;
    }
    generator->thrown = thrown;
    bool good = generator_resume(generator, value_none(), done, ret, err);
    generator->thrown = NULL;
    error_clear(thrown);
    return good;
}

/* GeneratorExit, so that with and finally do their work. */
static bool generator_close(struct generator *generator, struct error *err)
{
    struct error thrown = ERROR_INIT;
    struct value value;
    bool done = false;
    if (generator->finished)
        return true;
    error_set(&thrown, ERROR_GENERATOR_EXIT, "%s", "");
    if (generator_throw(generator, &thrown, &done, &value, err)) {
        if (done)
            return true;
        value_unref(value);
        return error_set(err, ERROR_RUNTIME, "generator ignored GeneratorExit");
    }
    if (err->kind != ERROR_GENERATOR_EXIT && err->kind != ERROR_STOP_ITERATION)
        return false;
    error_clear(err);
    return true;
}

/* Does it wait inside a try or a with? */
static bool has_cleanup(const struct generator *generator)
{
    for (size_t i = 0; i < generator->count; i++)
        if (generator->places[i].needs_cleanup)
            return true;
    return false;
}

static void generator_free(void *data)
{
    struct generator *generator = data;
    if (!generator->finished && has_cleanup(generator) && interp_current()) {
        struct error ignored = ERROR_INIT;
        generator_close(generator, &ignored);
        error_clear(&ignored);
    }
    generator_finish(generator);
    tracked_remove(&generator->tracked);
    value_unref(generator->exchanged);
    free(generator);
}

/* One that has run to its end is no longer found; closing may make others, so
   the list is looked through anew. */
void generators_close(struct interp *interp)
{
    struct tracked *at = interp->generators.next;
    while (at != &interp->generators) {
        struct generator *generator = (struct generator *)at;
        bool waits = !generator->finished && !generator->running &&
                     has_cleanup(generator);
        struct error ignored = ERROR_INIT;
        if (waits)
            generator_close(generator, &ignored);
        error_clear(&ignored);
        at = waits ? interp->generators.next : at->next;
        if (waits && !generator->finished)
            break;
    }
}

static bool generator_next(struct interp *interp, void *data, bool *done,
                           struct value *ret, struct error *err)
{
    (void)interp;
    return generator_resume(data, value_none(), done, ret, err);
}

const struct iterator_type generator_type = {"generator", generator_next,
                                             generator_free};

/* ------------------------------------------------------------------ methods */

#define METHOD(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

METHOD(send_method)
{
    struct generator *generator = generator_of(args->values[0]);
    bool done;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    if (!generator->started && args->values[1].kind != VALUE_NONE)
        return error_set(err, ERROR_TYPE,
                         "can't send non-None value to a just-started "
                         "generator");
    if (!generator_resume(generator, args->values[1], &done, ret, err))
        return false;
    return !done || iterator_stop(interp, args->values[0], err);
}

METHOD(throw_method)
{
    struct generator *generator = generator_of(args->values[0]);
    struct error thrown = ERROR_INIT;
    bool done;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    error_raise(interp, args->values[1], &thrown);
    if (!generator_throw(generator, &thrown, &done, ret, err))
        return false;
    return !done || iterator_stop(interp, args->values[0], err);
}

METHOD(close_method)
{
    (void)interp;
    *ret = value_none();
    return method_arity(native, args, 0, 0, err) &&
           generator_close(generator_of(args->values[0]), err);
}

struct native generator_methods[] = {
    {.object = {1}, .name = "send", .call = send_method},
    {.object = {1}, .name = "throw", .call = throw_method},
    {.object = {1}, .name = "close", .call = close_method},
    {.name = NULL}};

bool iterator_stop(struct interp *interp, struct value iterator,
                   struct error *err)
{
    struct generator *generator = generator_of(iterator);
    struct value result = generator ? generator->exchanged : value_none();
    bool has_result = result.kind != VALUE_NONE;
    struct value exception =
        exception_new(interp, interp->exceptions[ERROR_STOP_ITERATION].class,
                      has_result, &result);
    if (generator)
        generator->exchanged = value_none();
    if (has_result)
        value_unref(result);
    error_raise(interp, exception, err);
    value_unref(exception);
    return false;
}
