/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calling any value; user functions get their frame here. */
#include <stdlib.h>
#include <string.h>

#include "autograd/op.h"
#include "base/alloc.h"
#include "base/interrupt.h"
#include "lang/generator.h"

enum { INLINE_CELLS = 4 };

/* ------------------------------------------------- binding of arguments */

/* Where a call's positional arguments are, self in front of them. */
static struct value positional(const struct value *self,
                               const struct call_args *args, int i)
{
    if (!self)
        return args->values[i];
    return i == 0 ? *self : args->values[i - 1];
}

static int parameter_find(const struct code *code, const char *name)
{
    for (int i = code->positional_only_count; i < code->parameter_count; i++)
        if (code->parameters[i].kind != PARAMETER_STAR &&
            code->parameters[i].kind != PARAMETER_DOUBLE_STAR &&
            !strcmp(code->parameters[i].name.text, name))
            return i;
    return -1;
}

static int star_parameter(const struct code *code, enum parameter_kind kind)
{
    for (int i = code->plain_count; i < code->parameter_count; i++)
        if (code->parameters[i].kind == kind)
            return i;
    return -1;
}

static bool bind_keywords(const struct code *code, const struct call_args *args,
                          struct value *bound)
{
    int rest = star_parameter(code, PARAMETER_DOUBLE_STAR);
    if (rest >= 0)
        bound[rest] = value_dict();
    for (int i = 0; i < args->keyword_count; i++) {
        const struct keyword_value *keyword = &args->keywords[i];
        int at = parameter_find(code, keyword->name);
        if (at >= 0 && bound[at].kind == VALUE_UNDEFINED)
            bound[at] = value_ref(keyword->value);
        else if (at < 0 && rest >= 0)
            dict_set_string(bound[rest].dict, keyword->name, keyword->value);
        else
            return false;
    }
    return true;
}

static struct value rest_tuple(const struct value *self,
                               const struct call_args *args, int from,
                               int count)
{
    size_t extra = count > from ? (size_t)(count - from) : 0;
    struct value *items = xreallocarray(NULL, extra + 1, sizeof *items);
    for (size_t i = 0; i < extra; i++)
        items[i] = positional(self, args, from + (int)i);
    struct value tuple = value_tuple(extra, items);
    free(items);
    return tuple;
}

/* BOUND (all undefined) gets one owned value a parameter; false when the call
   does not fit, with some of BOUND filled. */
static bool bind_arguments(const struct function *function,
                           const struct value *self,
                           const struct call_args *args, struct value *bound)
{
    const struct code *code = function->code;
    int count = args->count + (self != NULL);
    int rest = star_parameter(code, PARAMETER_STAR);

    for (int i = 0; i < count && i < code->plain_count; i++)
        bound[i] = value_ref(positional(self, args, i));
    if (rest >= 0)
        bound[rest] = rest_tuple(self, args, code->plain_count, count);
    else if (count > code->plain_count)
        return false;
    if ((args->keyword_count || code->parameter_count > code->plain_count) &&
        !bind_keywords(code, args, bound))
        return false;
    for (int i = 0; i < code->parameter_count; i++) {
        if (bound[i].kind != VALUE_UNDEFINED)
            continue;
        if (function->defaults[i].kind == VALUE_UNDEFINED)
            return false;
        bound[i] = value_ref(function->defaults[i]);
    }
    return true;
}

/* Says what does not fit, in the words that call_bind() has for natives. */
static bool mismatch(const struct function *function, const struct value *self,
                     const struct call_args *args, struct error *err)
{
    const struct code *code = function->code;
    size_t count = (size_t)code->parameter_count;
    struct param *params = xcalloc(count + 1, sizeof *params);
    struct value *slots = xcalloc(count + 1, sizeof *slots), ignored;
    struct value all = rest_tuple(self, args, 0, args->count + (self != NULL));
    struct keyword_value *keywords =
        xcalloc((size_t)args->keyword_count + 1, sizeof *keywords);
    struct call_args call = {.count = (int)all.sequence->count,
                             .values = all.sequence->items,
                             .keywords = keywords};
    bool takes_all = star_parameter(code, PARAMETER_DOUBLE_STAR) >= 0;
    int at = 0;

    for (size_t i = 0; i < count; i++) {
        const struct parameter *parameter = &code->parameters[i];
        if (parameter->kind == PARAMETER_STAR ||
            parameter->kind == PARAMETER_DOUBLE_STAR)
            continue;
        bool has_default = function->defaults[i].kind != VALUE_UNDEFINED;
        params[at++] =
            (struct param){.name = parameter->name.text,
                           .kind = PARAM_ANY,
                           .flags =
                               parameter->kind == PARAMETER_KEYWORD_ONLY
                                   ? PARAM_KEYWORD_ONLY
                               : (int)i < code->positional_only_count
                                   ? PARAM_POSITIONAL_ONLY
                                   : 0,
                           .fallback = has_default ? "" : NULL};
    }
    for (int i = 0; i < args->keyword_count; i++)
        if (!takes_all || parameter_find(code, args->keywords[i].name) >= 0)
            keywords[call.keyword_count++] = args->keywords[i];
    if (star_parameter(code, PARAMETER_STAR) >= 0 &&
        call.count > code->plain_count)
        call.count = code->plain_count;

    char *name = function->owner
                     ? xasprintf("%s.%s", function->owner->name, code->name)
                     : xstrdup(code->name);
    call_bind(name, params, &call, false, slots, &ignored, err);
    free(name);
    free(params);
    free(slots);
    free(keywords);
    value_unref(all);
    return false;
}

/* ------------------------------------------------------------------ frames */

static void frame_fill_cells(struct frame *frame,
                             const struct function *function)
{
    const struct code *code = function->code;
    for (int i = 0; i < code->cell_count; i++)
        frame->cells[i] = cell_new(frame->interp);
    for (int i = 0; i < code->capture_count; i++) {
        frame->cells[code->cell_count + i] = function->cells[i];
        function->cells[i]->refs++;
    }
}

static inline void init(struct frame *frame, struct interp *interp,
                        struct function *function)
{
    *frame = (struct frame){.interp = interp,
                            .program = function->program,
                            .code = function->code,
                            .function = function,
                            .result = value_none(),
                            .self = value_none()};
    if (function->program->linked_to != interp->id)
        program_link(function->program, interp);
}

void frame_init(struct frame *frame, struct interp *interp,
                struct function *function)
{
    init(frame, interp, function);
}

void frame_fill(struct frame *frame, const struct value *bound)
{
    const struct code *code = frame->code;
    if (code->cell_count + code->capture_count)
        frame_fill_cells(frame, frame->function);
    for (int i = 0; i < code->parameter_count; i++)
        name_store(frame, &code->parameters[i].name, bound[i]);
    if (code->parameter_count)
        frame->self = bound[0];
}

void frame_empty(struct frame *frame)
{
    const struct code *code = frame->code;
    for (int i = 0; i < code->slot_count; i++)
        value_unref(frame->slots[i]);
    for (int i = 0; i < code->cell_count + code->capture_count; i++)
        cell_unref(frame->cells[i]);
}

static inline struct value run_body(struct frame *frame, struct error *err)
{
    const struct code *code = frame->code;
    struct value ret;
    if (code->expression) {
        evaluate(frame, code->expression, &ret, err);
        return ret;
    }
    if (execute_list(frame, &code->body, err) != FLOW_ERROR)
        return frame->result;
    value_unref(frame->result);
    return value_undefined();
}

static inline struct value run_function(struct frame *frame, struct error *err)
{
    struct interp *interp = frame->interp;
    frame->outer = interp->frame;
    interp->frame = frame;
    interp->depth++;
    struct value ret = run_body(frame, err);
    interp->depth--;
    interp->frame = frame->outer;
    frame_empty(frame);
    return ret;
}

static void *room_for(int count, int inline_count, size_t size, void *room)
{
    if (count <= inline_count) {
        memset(room, 0, (size_t)count * size);
        return room;
    }
    return xcalloc((size_t)count, size);
}

/* BOUND's references pass to the frame. */
static struct value call_in_frame(struct interp *interp,
                                  struct function *function,
                                  const struct value *bound,
                                  struct error *err)
{
    const struct code *code = function->code;
    struct value slots[INLINE_SLOTS];
    struct cell *cells[INLINE_CELLS];
    struct frame frame;
    init(&frame, interp, function);
    frame.slots =
        room_for(code->slot_count, INLINE_SLOTS, sizeof *slots, slots);
    frame.cells = room_for(code->cell_count + code->capture_count, INLINE_CELLS,
                           sizeof *cells, cells);
    function->object.refs++; /* it may be deleted while it runs */
    frame_fill(&frame, bound);
    struct value ret = run_function(&frame, err);
    value_unref((struct value){.kind = VALUE_FUNCTION, .function = function});
    if (frame.slots != slots)
        free(frame.slots);
    if (frame.cells != cells)
        free(frame.cells);
    return ret;
}

struct value function_run(struct interp *interp, struct function *function,
                          struct value *slots, struct error *err)
{
    const struct code *code = function->code;
    struct frame frame;
    for (int i = code->parameter_count; i < code->slot_count; i++)
        slots[i] = value_undefined();
    init(&frame, interp, function);
    frame.slots = slots;
    if (code->parameter_count)
        frame.self = slots[0];
    return run_function(&frame, err);
}

/* Positional arguments and defaults straight into the slots.  *FITS: false
   when there are too many or too few of them; nothing has happened then. */
static bool call_direct(struct interp *interp, struct function *function,
                        const struct value *self, const struct call_args *args,
                        bool *fits, struct value *ret, struct error *err)
{
    int given = args->count + (self != NULL);
    int wanted = function->code->parameter_count;
    struct value slots[INLINE_SLOTS];
    *fits = given <= wanted;
    for (int i = given; *fits && i < wanted; i++)
        *fits = function->defaults[i].kind != VALUE_UNDEFINED;
    if (!*fits)
        return false;
    for (int i = 0; i < wanted; i++)
        slots[i] = value_ref(i < given ? positional(self, args, i)
                                       : function->defaults[i]);
    function->object.refs++; /* it may be deleted while it runs */
    *ret = function_run(interp, function, slots, err);
    value_unref((struct value){.kind = VALUE_FUNCTION, .function = function});
    return ret->kind != VALUE_UNDEFINED;
}

bool function_call(struct interp *interp, struct function *function,
                   const struct value *self, const struct call_args *args,
                   struct value *ret, struct error *err)
{
    int count = function->code->parameter_count;
    struct value room[INLINE_SLOTS];

    if (interp->depth >= RECURSION_LIMIT || interp_stack_is_low(interp))
        return recursion_error(err);
    if (interrupt_pending() && !interrupt_check(err))
        return false;
    if (function->code->direct && args->keyword_count == 0 &&
        function->code->slot_count <= INLINE_SLOTS) {
        bool fits;
        bool good =
            call_direct(interp, function, self, args, &fits, ret, err);
        if (fits)
            return good;
    }
    struct value *bound = room_for(count, INLINE_SLOTS, sizeof *room, room);
    bool good = bind_arguments(function, self, args, bound);
    if (good && function->code->is_generator) {
        *ret = generator_new(interp, function, bound);
    } else if (good) {
        *ret = call_in_frame(interp, function, bound, err);
        good = ret->kind != VALUE_UNDEFINED;
    } else {
        for (int i = 0; i < count; i++)
            value_unref(bound[i]);
        mismatch(function, self, args, err);
    }
    if (bound != room)
        free(bound);
    return good;
}

/* --------------------------------------------------------------- any value */

static bool method_call(struct interp *interp, const struct method *method,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    struct value function = method->function;
    if (function.kind == VALUE_FUNCTION)
        return function_call(interp, function.function, &method->self, args,
                             ret, err);
    struct value room[INLINE_SLOTS];
    struct value *values =
        room_for(args->count + 1, INLINE_SLOTS, sizeof *room, room);
    values[0] = method->self;
    for (int i = 0; i < args->count; i++)
        values[i + 1] = args->values[i];
    struct call_args call = *args;
    call.count++;
    call.values = values;
    bool good = interp_call(interp, function, &call, ret, err);
    if (values != room)
        free(values);
    return good;
}

/* np.float32(x) */
static bool dtype_call(struct value dtype, const struct call_args *args,
                       struct value *ret, struct error *err)
{
    enum dtype wanted = (enum dtype)dtype.dtype;
    if (args->count > 1 || args->keyword_count)
        return error_set(err, ERROR_TYPE, "%s() takes at most 1 argument",
                         dtype_name(wanted));
    if (args->count == 0) {
        *ret = value_scalar(scalar_cast(scalar_from_int(0), wanted));
        return true;
    }
    struct tensor *tensor = value_to_tensor(args->values[0], wanted, err);
    if (!tensor)
        return false;
    *ret = value_tensor_or_scalar_take(tensor);
    return true;
}

static bool native_call_checked(struct interp *interp,
                                const struct native *native,
                                const struct call_args *args,
                                struct value *ret, struct error *err)
{
    if (interp_stack_is_low(interp))
        return recursion_error(err);
    bool good = native->call(interp, native, args, ret, err);
    if (interp->deferred.kind == ERROR_NONE)
        return good;
    if (good)
        value_unref(*ret);
    return interp_settle(interp, err);
}

bool interp_call(struct interp *interp, struct value function,
                 const struct call_args *args, struct value *ret,
                 struct error *err)
{
    switch ((enum value_kind)function.kind) {
    case VALUE_NATIVE:
        return native_call_checked(interp, function.native, args, ret, err);
    case VALUE_FUNCTION:
        return function_call(interp, function.function, NULL, args, ret, err);
    case VALUE_METHOD:
        return method_call(interp, function.method, args, ret, err);
    case VALUE_CLASS:
        return class_call(interp, function.class, args, ret, err);
    case VALUE_DTYPE:
        return dtype_call(function, args, ret, err);
    case VALUE_OPAQUE:
        if (!function.opaque->type->call)
            break;
        return function.opaque->type->call(interp, function, args, ret, err);
    case VALUE_INSTANCE: {
        struct value method;
        if (!value_has_special(function, "__call__"))
            break;
        if (!interp_get_attribute(interp, function, "__call__", &method, err))
            return false;
        bool good = interp_call(interp, method, args, ret, err);
        value_unref(method);
        return good;
    }
    default:
        break;
    }
    return error_set(err, ERROR_TYPE, "'%s' object is not callable",
                     value_type_name(function));
}
