/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a session, and of one function that runs.  Inside src/lang
   only. */
#ifndef LANG_INTERP_H
#define LANG_INTERP_H

#include "base/interrupt.h"
#include "lang/ast.h"
#include "lang/object.h"
#include "lang/trace.h"

enum { RECURSION_LIMIT = 1000 };

/* A global name: never moved, never freed before the interp, so that
   programs can point to it. */
struct global {
    const char *name;
    struct value value;   /* VALUE_UNDEFINED: unset */
    struct value builtin; /* what stands behind it */
    bool hidden;          /* of a module: not among the session's variables */
};

/* Who is told of sub-expressions; NULL: nobody. */
struct tracer {
    trace_sink *sink;
    void *context;
};

struct interp {
    uint64_t id; /* never the same twice */
    struct interp_hooks hooks;
    output_sink *sink;
    void *sink_context;
    output_sink *error_sink; /* of sys.stderr; NULL: the other one */
    void *error_context;
    struct strmap globals; /* to struct global */
    struct global **order; /* those that are set */
    size_t order_count, order_capacity;
    struct namespace modules;
    struct strmap library; /* globals of modules, by "module\nname" */
    struct value exceptions[ERROR_KIND_COUNT]; /* the classes */
    struct value object_class;
    struct tracked cells, instances, generators, lists, dicts, functions,
        classes;
    int depth;               /* of calls */
    const char *stack_limit; /* the C stack must stay above */
    struct frame *frame;     /* of the function that runs */
    struct value handled;    /* the exception an except block is at */
    struct tracer *tracer;
    struct error deferred;   /* one that could not be reported yet */
};

struct frame {
    struct interp *interp;
    struct frame *outer;
    struct program *program;
    const struct code *code;
    struct function *function; /* NULL at module level */
    struct value *slots;
    struct cell **cells;
    struct namespace *names; /* of the class body that runs, or NULL */
    struct value self;       /* the first argument, borrowed: for super() */
    struct value result;     /* of return */
    bool echo;               /* show the values of expression statements */
    struct generator *generator; /* whose frame this is, or NULL */
};

/* An error in a place that cannot fail, such as a __repr__ deep inside a list:
   kept until the next chance to report it.  ERR is emptied. */
void interp_defer(struct interp *interp, struct error *err);
/* That chance is interp_settle(). */

/* The interp that runs now; value_repr() has no other way to it. */
struct interp *interp_current(void);

struct global *interp_global(struct interp *interp, const char *name);
/* The built-in of that name; borrowed. */
bool interp_builtin(struct interp *interp, const char *name,
                    struct value *ret);
void global_set(struct interp *interp, struct global *global,
                struct value value); /* the reference passes */
bool global_remove(struct interp *interp, struct global *global);

/* What the library module MODULE has defined, into RET. */
void library_names(struct interp *interp, const char *module,
                   struct module *ret);

/* Points PROGRAM's global names at INTERP's variables. */
void program_link(struct program *program, struct interp *interp);

/* Is the C stack nearly used up? */
static inline bool interp_stack_is_low(const struct interp *interp)
{
    return (const char *)__builtin_frame_address(0) < interp->stack_limit;
}

/* false with RecursionError. */
bool recursion_error(struct error *err);

/* --------------------------------------------------------- evaluation */

/* For what is not the usual case, or has much on the C stack: its callers stay
   small. */
#define NOINLINE __attribute__((noinline))

enum flow {
    FLOW_ERROR,
    FLOW_NEXT,
    FLOW_BREAK,
    FLOW_CONTINUE,
    FLOW_RETURN,
    FLOW_YIELD /* a generator stops: each statement keeps its place */
};

/* eval_expression.c: what is neither a local variable nor a constant.  Values
   come back in registers, VALUE_UNDEFINED for an error: memory that is written
   in parts and read as a whole would cost more than the arithmetic. */
struct value evaluate_compound(struct frame *frame, struct node *node,
                               struct error *err);

/* The value of a local or global variable or a constant, not counted; NULL for
   anything else and for a variable without value. */
static inline const struct value *peek(const struct frame *frame,
                                       const struct node *node)
{
    const struct value *value;
    if (node->kind == NODE_CONSTANT)
        return &node->constant;
    if (node->kind != NODE_NAME)
        return NULL;
    if (node->name.place == PLACE_LOCAL)
        value = &frame->slots[node->name.index];
    else if (node->name.place == PLACE_GLOBAL)
        value = &frame->program->globals[node->name.index]->value;
    else
        return NULL;
    return value->kind == VALUE_UNDEFINED ? NULL : value;
}

static inline bool evaluate(struct frame *frame, struct node *node,
                            struct value *ret, struct error *err)
{
    const struct value *known = peek(frame, node);
    *ret = known ? value_ref(*known) : evaluate_compound(frame, node, err);
    return ret->kind != VALUE_UNDEFINED;
}

enum flow execute_list(struct frame *frame, const struct node_list *list,
                       struct error *err);
bool evaluate_truth(struct frame *frame, struct node *node, bool *ret,
                    struct error *err);
bool assign(struct frame *frame, struct node *target, struct value value,
            struct error *err); /* borrowed */

/* trace.c */
bool evaluate_trace(struct frame *frame, struct node *node, struct value *ret,
                    struct error *err);

/* eval_name.c */
/* The variables of FRAME's function that have a value, into NAMES. */
void frame_names(const struct frame *frame, struct dict *names);
bool name_load(struct frame *frame, const struct node *node, struct value *ret,
               struct error *err);
/* Where a variable is that has a value and is no cell. */
static inline struct value *name_place(struct frame *frame,
                                       const struct name *name)
{
    if (name->place == PLACE_LOCAL)
        return &frame->slots[name->index];
    if (name->place != PLACE_GLOBAL)
        return NULL;
    struct value *value = &frame->program->globals[name->index]->value;
    return value->kind == VALUE_UNDEFINED ? NULL : value;
}
void name_store_new(struct frame *frame, const struct name *name,
                    struct value value);
/* The value's reference passes. */
static inline void name_store(struct frame *frame, const struct name *name,
                              struct value value)
{
    struct value *place = name_place(frame, name);
    if (place)
        value_replace(place, value);
    else
        name_store_new(frame, name, value);
}
bool name_delete(struct frame *frame, const struct node *node,
                 struct error *err);

/* eval_display.c: lists, dicts, comprehensions, f-strings */
bool evaluate_list(struct frame *frame, struct node *node, struct value *ret,
                   struct error *err);
bool evaluate_tuple(struct frame *frame, struct node *node, struct value *ret,
                    struct error *err);
bool evaluate_set(struct frame *frame, struct node *node, struct value *ret,
                  struct error *err);
bool evaluate_dict(struct frame *frame, struct node *node, struct value *ret,
                   struct error *err);
bool evaluate_comprehension(struct frame *frame, struct node *node,
                            struct value *ret, struct error *err);
bool evaluate_fstring(struct frame *frame, struct node *node, struct value *ret,
                      struct error *err);

/* eval_call.c */
struct value evaluate_call(struct frame *frame, struct node *node,
                           struct error *err);
bool evaluate_function(struct frame *frame, struct node *node,
                       struct value *ret, struct error *err);
bool function_new(struct frame *frame, const struct code *code,
                  struct value *ret, struct error *err);
bool function_call(struct interp *interp, struct function *function,
                   const struct value *self, const struct call_args *args,
                   struct value *ret, struct error *err);

enum { INLINE_SLOTS = 16 }; /* a frame's that are on the C stack */

/* call.c: may FUNCTION run with COUNT arguments where they are?  If not, it is
   called as anything else.  Functions of the library, whose own lines are not
   shown, are called so: errors tell of their arguments. */
static inline bool function_is_ready(const struct interp *interp,
                                     const struct function *function,
                                     int count)
{
    const struct code *code = function->code;
    return code->direct && code->parameter_count == count &&
           code->slot_count <= INLINE_SLOTS && !function->program->module &&
           interp->depth < RECURSION_LIMIT && !interp_stack_is_low(interp) &&
           !interrupt_pending();
}
/* Runs it; VALUE_UNDEFINED for an error.  SLOTS has INLINE_SLOTS places; the
   arguments' references pass.  The caller holds FUNCTION, which may be deleted
   while it runs. */
struct value function_run(struct interp *interp, struct function *function,
                          struct value *slots, struct error *err);

/* A frame, its memory, its variables, whose references pass */
void frame_init(struct frame *frame, struct interp *interp,
                struct function *function);
void frame_fill(struct frame *frame, const struct value *bound);
void frame_empty(struct frame *frame);

/* eval_yield.c */
enum flow evaluate_yield(struct frame *frame, struct node *node,
                         struct value *ret, struct error *err);
bool evaluate_generator(struct frame *frame, struct node *node,
                        struct value *ret, struct error *err);

/* generator.c: StopIteration, with what a generator returned.  false. */
bool iterator_stop(struct interp *interp, struct value iterator,
                   struct error *err);

/* eval_subscript.c */
struct value evaluate_subscript(struct frame *frame, struct node *node,
                                struct error *err);
bool assign_subscript(struct frame *frame, struct node *node,
                      struct value value, struct error *err);

/* eval_assign.c */
/* a, b = b, a: no tuple is made.  false when it is not of that form, with
   nothing done; *GOOD tells whether it succeeded. */
bool assign_pairwise(struct frame *frame, struct node *target,
                     struct node *source, bool *good, struct error *err);
bool execute_delete(struct frame *frame, struct node *target,
                    struct error *err);
/* eval_augmented.c */
enum flow execute_augmented(struct frame *frame, struct node *node,
                            struct error *err);

/* eval_try.c, eval_class.c, eval_import.c */
enum flow execute_try(struct frame *frame, struct node *node,
                      struct error *err);
enum flow execute_with(struct frame *frame, struct node *node,
                       struct error *err);
/* eval_match.c */
enum flow execute_match(struct frame *frame, struct node *node,
                        struct error *err);
bool execute_raise(struct frame *frame, struct node *node, struct error *err);
bool execute_class(struct frame *frame, struct node *node, struct error *err);
bool execute_import(struct frame *frame, struct node *node, struct error *err);

/* Says where ERR happened, unless that is known already. */
void error_locate(struct frame *frame, struct span span, struct error *err);
/* The same, and marks operands with what they are: "(2, 3)", "str". */
struct operand {
    struct span span;
    struct value value;
};
void error_mark_operands(struct frame *frame, struct span span, int count,
                         const struct operand *operands, struct error *err);

/* ------------------------------------------------ values in operation */

/* operators.c */
bool operate(struct interp *interp, enum operator operator, struct value a,
             struct value b, struct value *ret, struct error *err);
/* The same where the caller alone decides what becomes of the references that
   it has to A and B: an array that nobody else holds may take the result. */
bool operate_on_own(struct interp *interp, enum operator operator,
                    struct value a, struct value b, struct value *ret,
                    struct error *err);
bool operate_unary(struct interp *interp, enum operator operator,
                   struct value a, struct value *ret, struct error *err);
/* a += b and its like: arrays and lists change in place. */
bool operate_in_place(struct interp *interp, enum operator operator,
                      struct value a, struct value b, struct value *ret,
                      struct error *err);
/* operators_container.c: where no number and no array takes part */
bool container_operate(enum operator operator, struct value a, struct value b,
                       struct value *ret, struct error *err);
/* "unsupported operand type(s) for +: 'int' and 'str'" */
bool operator_unsupported(enum operator operator, struct value a,
                          struct value b, struct error *err);
/* compare.c.  Also COMPARE_IN… */
bool compare(struct interp *interp, int operator, struct value a,
             struct value b, struct value *ret, struct error *err);
/* Python's < for sorting. */
bool value_less(struct interp *interp, struct value a, struct value b,
                bool *ret, struct error *err);
/* Stable, in place; KEY is a function or None. */
bool values_sort(struct interp *interp, struct value *items, size_t count,
                 struct value key, bool descending, struct error *err);
bool value_contains(struct interp *interp, struct value container,
                    struct value item, bool *ret, struct error *err);

/* iterate.c */
/* More items than this would use up the memory: an endless generator given to
   list(), list(range(10**12)). */
enum { COLLECTION_LIMIT = 1 << 27 };
bool collection_too_large(struct error *err); /* false with MemoryError */
/* Unrefs the items and frees the array, which may be NULL. */
void values_free(struct value *items, size_t count);

/* subscript.c */
bool value_get_item(struct interp *interp, struct value object,
                    struct value key, struct value *ret, struct error *err);
/* x[i, :], the parts of the key one by one. */
bool tensor_get_parts(struct tensor *tensor, size_t count,
                      const struct value *parts, struct value *ret,
                      struct error *err);
bool value_set_item(struct interp *interp, struct value object,
                    struct value key, struct value value, struct error *err);
bool value_delete_item(struct interp *interp, struct value object,
                       struct value key, struct error *err);

/* attributes.c */
bool value_set_attribute(struct interp *interp, struct value self,
                         const char *name, struct value value,
                         struct error *err);
bool value_delete_attribute(struct interp *interp, struct value self,
                            const char *name, struct error *err);
/* For a call that follows: the function and whether SELF is to be its first
   argument, without making a bound method.  RET is owned; false when it must
   be looked up as any attribute. */
bool value_find_method(struct value self, const char *name, uint32_t hash,
                       struct value *ret);
/* The attribute that follows the dot, its name's hash known. */
bool attribute_get(struct interp *interp, struct value self, const char *name,
                   uint32_t hash, struct value *ret, struct error *err);
bool attribute_set(struct interp *interp, struct value self, const char *name,
                   uint32_t hash, struct value value, struct error *err);
/* A method that the class (not the object) has: "__len__".  *FOUND tells;
   ARGS follow self. */
bool value_call_special(struct interp *interp, struct value self,
                        const char *name, int count, const struct value *args,
                        bool *found, struct value *ret, struct error *err);
bool value_has_special(struct value self, const char *name);
/* a.METHOD(b), or b.REFLECTED(a) when A has none or does not know B; a
   subclass's comes first.  REFLECTED may be NULL. */
bool value_call_binary(struct interp *interp, struct value a,
                       const char *method, struct value b,
                       const char *reflected, bool *found, struct value *ret,
                       struct error *err);

/* MEMBER, found in a class, as SELF (an object, or a class) sees it: a bound
   method, a property's value… */
bool bind_member(struct interp *interp, struct value member,
                 struct value self, struct value *ret, struct error *err);
/* The function in a @staticmethod or @classmethod, else MEMBER; borrowed. */
struct value member_unwrapped(struct value member);
/* A method of a built-in value, bound to it; false when there is none. */
bool plain_method(struct value self, const char *name, struct value *ret);
/* An object's attributes past its own __getattribute__, __setattr__ and
   __delattr__. */
bool object_get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err);
bool object_set_attribute(struct interp *interp, struct value self,
                          const char *name, struct value value,
                          struct error *err);
bool object_delete_attribute(struct interp *interp, struct value self,
                             const char *name, struct error *err);
/* Its text past its own __repr__ and __str__. */
void object_repr(struct value value, bool str, struct strbuf *sb);

/* exception.c */
void exceptions_register(struct interp *interp);
/* From an instance (or class) to an error and back. */
bool error_raise(struct interp *interp, struct value exception,
                 struct error *err);
struct value error_to_value(struct interp *interp, const struct error *err);
/* Does `except TYPE` catch ERR? */
bool error_matches(struct interp *interp, const struct error *err,
                   struct value type, bool *ret, struct error *failure);
struct value exception_new(struct interp *interp, struct class *class,
                           int count, const struct value *args);

/* class.c: object, property, staticmethod, classmethod, super */
void classes_register(struct interp *interp);
bool class_call(struct interp *interp, struct class *class,
                const struct call_args *args, struct value *ret,
                struct error *err);
/* The same without the metaclass's __call__; then without __init__ and
   without a __new__ of the class's own. */
bool class_instantiate(struct interp *interp, struct class *class,
                       const struct call_args *args, struct value *ret,
                       struct error *err);
bool class_make(struct interp *interp, struct class *class,
                const struct call_args *args, struct value *ret,
                struct error *err);
/* type.__new__(META, name, bases, names), with META NULL for type itself. */
bool metaclass_make(struct interp *interp, struct class *meta,
                    const struct call_args *args, struct value *ret,
                    struct error *err);

/* Adds what FROM, a mapping or an iterable of pairs, holds. */
bool dict_merge(struct interp *interp, struct dict *dict, struct value from,
                struct error *err);

/* methods_*.c: tables of natives, ended by a NULL name */
extern struct native string_methods[], list_methods[], tuple_methods[],
    dict_methods[], set_methods[], frozenset_methods[], number_methods[];

/* The table for values of KIND, NULL when they have no methods. */
struct native *kind_methods(enum value_kind kind);

/* methods_counter.c */
extern struct native counter_methods[];
native_call counter_update;
/* (key, count) pairs in a list, the largest count first. */
bool counter_pairs(struct interp *interp, struct value counter,
                   struct value *ret, struct error *err);
bool counter_operate(struct interp *interp, enum operator operator,
                     struct value a, struct value b, struct value *ret,
                     struct error *err);

/* Exactly LOW … HIGH positional arguments after self, no keywords. */
bool method_arity(const struct native *native, const struct call_args *args,
                  int low, int high, struct error *err);

/* format_spec.c */
bool value_format(struct interp *interp, struct value value, const char *spec,
                  size_t length, struct strbuf *sb, struct error *err);
bool format_percent(struct interp *interp, const struct string *format,
                    struct value args, struct value *ret, struct error *err);
bool format_braces(struct interp *interp, const struct string *format,
                   const struct call_args *args, struct value *ret,
                   struct error *err);

/* repr with \u escapes */
void value_ascii(struct value value, struct strbuf *sb);
void string_repr(const char *text, size_t length, struct strbuf *sb);

#endif
