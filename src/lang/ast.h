/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The syntax tree.  Nodes live in their program's arena and go with it; each
 * remembers its span for error messages.  Names carry where they live, found
 * once by scope.c, so that the evaluator never looks one up by text.
 */
#ifndef LANG_AST_H
#define LANG_AST_H

#include "lang/lang.h"
#include "lang/lexer.h"

enum node_kind {
    NODE_CONSTANT,
    NODE_NAME,
    NODE_TUPLE,
    NODE_LIST,
    NODE_SET,
    NODE_DICT,
    NODE_STAR,        /* *x in a call, a display or a target */
    NODE_DOUBLE_STAR, /* **x in a call */
    NODE_KEYWORD,     /* name=x in a call */
    NODE_BINARY,
    NODE_UNARY,
    NODE_NOT,
    NODE_AND,
    NODE_OR,
    NODE_COMPARE,
    NODE_CONDITIONAL,
    NODE_CALL,
    NODE_ATTRIBUTE,
    NODE_SUBSCRIPT,
    NODE_SLICE,
    NODE_LAMBDA,
    NODE_COMPREHENSION,
    NODE_FSTRING,
    NODE_FORMATTED, /* {x!r:spec} of an f-string */
    NODE_WALRUS,
    NODE_TRACE, /* tells of its operand's value; trace.c */
    NODE_GENERATOR, /* (x for x in …) */
    NODE_YIELD,     /* alone in a statement or right of its = */
    NODE_YIELD_FROM,
    NODE_LAST_EXPRESSION = NODE_YIELD_FROM,
    NODE_EXPRESSION, /* statements from here on */
    NODE_ASSIGN,
    NODE_AUGMENTED,
    NODE_IF,
    NODE_WHILE,
    NODE_FOR,
    NODE_DEF,
    NODE_CLASS,
    NODE_RETURN,
    NODE_RAISE,
    NODE_ASSERT,
    NODE_DELETE,
    NODE_PASS,
    NODE_BREAK,
    NODE_CONTINUE,
    NODE_GLOBAL,
    NODE_NONLOCAL,
    NODE_IMPORT,
    NODE_FROM_IMPORT,
    NODE_WITH,
    NODE_TRY,
    NODE_MATCH,
    NODE_PATTERN /* of a case */
};

enum pattern_kind {
    PATTERN_VALUE,     /* equal to an expression's value */
    PATTERN_SINGLETON, /* None, True, False: the same object */
    PATTERN_CAPTURE,   /* any value; name NULL for _ */
    PATTERN_STAR,      /* *rest of a sequence */
    PATTERN_SEQUENCE,
    PATTERN_MAPPING,
    PATTERN_CLASS, /* Point(x, y=0): the latter is a NODE_KEYWORD */
    PATTERN_OR,
    PATTERN_AS
};

/* Comparisons beyond enum operator, in the same list. */
enum {
    COMPARE_IN = OPERATOR_COUNT,
    COMPARE_NOT_IN,
    COMPARE_IS,
    COMPARE_IS_NOT
};

/* Where a name lives. */
enum name_place {
    PLACE_GLOBAL, /* index into the program's globals */
    PLACE_LOCAL,  /* index into the frame's slots */
    PLACE_CELL,   /* index into the frame's cells */
    PLACE_CLASS   /* the class body's namespace, then global index */
};

struct node_list {
    int count;
    struct node **items;
};

struct name {
    const char *text;
    enum name_place place;
    int index;
};

enum { KEY_PARTS = 4 }; /* of a subscript at most */

/* Found when a subscript is first evaluated. */
enum subscript_form {
    SUBSCRIPT_UNSEEN,
    SUBSCRIPT_LOCAL, /* x[i], x[i, j] of local variables alone */
    SUBSCRIPT_OTHER
};

/* One `for TARGET in ITERABLE if …` of a comprehension. */
struct clause {
    struct node *target, *iterable;
    struct node_list conditions;
};

enum comprehension_kind {
    COMPREHENSION_LIST,
    COMPREHENSION_SET,
    COMPREHENSION_DICT,
    COMPREHENSION_GENERATOR /* only while parsing; then NODE_GENERATOR */
};

/* `except TYPE as NAME: BODY` */
struct handler {
    struct node *type; /* NULL: all */
    struct node *name; /* NODE_NAME or NULL */
    struct node_list body;
    struct span span;
};

/* `case PATTERN if GUARD: BODY` */
struct match_case {
    struct node *pattern, *guard; /* guard may be NULL */
    struct node_list body;
};

struct with_item {
    struct node *context, *target; /* target may be NULL */
};

struct import_item {
    const char *path;  /* "keras.datasets" */
    struct node *name; /* NODE_NAME that is bound */
    bool whole;        /* bound to the module itself (… as …), else to the
                          first of the dotted names */
    struct span span;
};

struct node {
    uint8_t kind;     /* enum node_kind */
    uint8_t operator; /* enum operator, comprehension kind, pattern kind,
                         conversion */
    bool parenthesized;
    bool silent;        /* an expression statement with a ; at its line's end */
    bool annotated;     /* NODE_ASSIGN, NODE_PASS: `x: int = 3`, `x: int` */
    bool shorthand;     /* NODE_LIST: may become a tensor… */
    bool became_tensor; /* … and did, while it ran */
    uint16_t depth;     /* levels of nodes below */
    struct span span;
    union {
        struct value constant; /* owned by the program */
        struct name name;
        struct node_list items; /* tuple, list, set, and, or, delete, fstring,
                                   global, nonlocal */
        struct {
            struct node_list keys; /* NULL items: **value */
            struct node_list values;
        } dict;
        struct node *operand; /* unary, not, star, trace, expression, return,
                                 yield */
        struct {
            const char *name;
            struct node *value;
        } keyword;
        struct {
            struct node *left, *right;
        } binary; /* also augmented, walrus, assert, raise … from */
        struct {
            struct node_list operands;
            const uint8_t *operators; /* operands.count - 1 */
        } compare;
        struct {
            struct node *test, *then, *otherwise;
        } conditional;
        struct {
            struct node *function;
            struct node_list args;
            bool simple; /* positional arguments only, no stars */
        } call;
        struct {
            struct node *object;
            const char *name;
            uint32_t hash; /* of the name */
            struct span name_span;
        } attribute;
        struct {
            struct node *object, *index;
            struct node_list parts; /* of the key one by one, so that x[i, j]
                                       makes no tuple; none: as a whole */
            uint8_t form;           /* enum subscript_form */
            int slots[3];           /* SUBSCRIPT_LOCAL: object's, parts' */
        } subscript;
        struct {
            struct node *start, *stop, *step; /* NULL when absent */
        } slice;
        struct {
            struct code *code;
            struct node *name;           /* NULL for lambda */
            struct node_list decorators; /* outermost first */
        } function;
        struct {
            struct code *code;     /* its one parameter is the iterator */
            struct node *iterable; /* of the first `for` */
        } generator;
        struct {
            struct node *element, *value; /* value: dicts only */
            int clause_count;
            struct clause *clauses;
        } comprehension;
        struct {
            struct node *value;
            struct node *spec; /* NODE_FSTRING or NULL */
        } formatted;
        struct {
            struct node_list targets;
            struct node *value;
        } assign;
        struct {
            struct node *test; /* or the iterable of for */
            struct node *target;
            struct node_list body, otherwise;
        } loop; /* if, while, for */
        struct {
            struct node *name;
            struct node_list bases; /* and keywords: metaclass=… */
            struct node_list body, decorators;
            const char *doc;
        } class;
        struct {
            int count;
            struct import_item *items;
            const char *from; /* `from X import …`: X */
        } import;             /* items NULL: * */
        struct {
            int count;
            struct with_item *items;
            struct node_list body;
        } with;
        struct {
            struct node *subject;
            int count;
            struct match_case *cases;
        } match;
        struct {
            struct node *value;           /* expression, class, as's pattern */
            struct node *name;            /* what is bound, or NULL */
            struct node_list keys, items; /* keys of a mapping; patterns */
        } pattern;
        struct {
            struct node_list body, otherwise, finally;
            int handler_count;
            struct handler *handlers;
        } try;
    };
};

enum parameter_kind {
    PARAMETER_PLAIN,
    PARAMETER_STAR,         /* *args */
    PARAMETER_KEYWORD_ONLY, /* after * or *args */
    PARAMETER_DOUBLE_STAR   /* **kwargs */
};

struct parameter {
    struct name name; /* PLACE_LOCAL or PLACE_CELL */
    enum parameter_kind kind;
    struct node *fallback; /* default, or NULL */
    struct span span;
};

/* What is known of a function before it runs. */
struct code {
    const char *name; /* "<lambda>", "<module>" */
    struct program *program;
    int parameter_count, plain_count;
    struct parameter *parameters; /* plain ones first, in order */
    int positional_only_count; /* the first of the plain ones */
    bool is_generator;            /* a call gives a generator */
    bool is_genexpr;              /* (x for x in …) */
    struct node *loop; /* of a genexpr with one `for`: all of its body */
    struct node_list body;   /* def */
    struct node *expression; /* lambda */
    const char *doc;
    struct span span; /* of the header */
    int slot_count;
    const char **slot_names, **cell_names; /* of all slots and own cells */
    bool direct; /* plain parameters only, in the first slots, no cells, no
                    yield: a call can fill the slots at once */
    int cell_count;    /* cells of its own; captured ones follow */
    int capture_count; /* … from these cells of the enclosing frame */
    const int *captures;
};

struct arena_block;

struct program {
    int refs;
    struct source *source;
    struct parse_options options;
    struct arena_block *arena;
    struct code *main;
    const char *module; /* a library module's name, NULL: the session */
    bool silent;

    size_t constant_count, constant_capacity;
    struct value *constants;
    size_t list_count, list_capacity;
    struct node **lists; /* those that may become tensors, in order */

    /* Global names; linked to an interp's variables when first run there. */
    size_t global_count, global_capacity;
    const char **global_names;
    struct global **globals;
    uint64_t linked_to; /* interp->id, 0: not yet */
};

struct program *program_new(struct source *source,
                            struct parse_options options);
struct program *program_ref(struct program *program);

/* Zeroed memory that lives as long as the program. */
void *program_alloc(struct program *program, size_t size);
const char *program_text(struct program *program, const char *text,
                         size_t length);
struct node *node_new(struct program *program, enum node_kind kind,
                      struct span span);
/* The value's reference passes to the program. */
struct node *node_constant(struct program *program, struct span span,
                           struct value value);

/* LIST may become a tensor; called in the order of the source. */
void program_add_list(struct program *program, struct node *list);

/* A growing list while parsing; list_finish() moves it to the arena. */
struct node_vector {
    struct node **items;
    size_t count, capacity;
};
void node_vector_add(struct node_vector *vector, struct node *node);
struct node_list node_vector_finish(struct node_vector *vector,
                                    struct program *program);

/* Finds every name's place.  SyntaxError in ERR. */
bool program_resolve(struct program *program, struct error *err);

#endif
