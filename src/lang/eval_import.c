/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import and from … import …, of the modules that bind has registered. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/suggest.h"
#include "lang/interp.h"

static bool no_module(struct interp *interp, const char *path,
                      struct error *err)
{
    struct suggestion nearest = suggestion_for(path);
    const char *name;
    struct value value;
    error_set(err, ERROR_MODULE_NOT_FOUND, "No module named '%s'", path);
    for (size_t i = 0; namespace_next(&interp->modules, &i, &name, &value);)
        suggestion_consider(&nearest, name);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    return false;
}

/* Runs the text of a library module; it stays, and need not be run again. */
static bool load_module(struct interp *interp, const char *name,
                        const char *text, struct value *ret, struct error *err)
{
    struct source *source = source_new(name, text, strlen(text));
    struct parse_options options = {.shorthand = false};
    struct program *program;
    bool good = program_parse(source, options, &program, err) == PARSE_OK;
    source_unref(source);
    if (!good)
        return false;
    struct value module = value_module(name);
    program->module = program_text(program, name, strlen(name));
    good = program_run(interp, program, false, err);
    if (good) {
        library_names(interp, name, module.module);
        interp_add_module(interp, name, module);
        *ret = module;
    } else {
        value_unref(module);
    }
    program_free(program);
    return good;
}

/* By its full name, or as an attribute of the module before the last dot.
   Owned. */
static bool find_module(struct interp *interp, const char *path,
                        struct value *ret, struct error *err)
{
    const struct value *module = namespace_get(&interp->modules, path);
    if (module) {
        *ret = value_ref(*module);
        return true;
    }
    const char *dot = strrchr(path, '.');
    const char *text =
        interp->hooks.module_text ? interp->hooks.module_text(path) : NULL;
    struct value outer;
    if (text)
        return load_module(interp, path, text, ret, err);
    if (!dot)
        return no_module(interp, path, err);
    char *before = xstrndup(path, (size_t)(dot - path));
    bool good = find_module(interp, before, &outer, err);
    free(before);
    if (!good)
        return false;
    good = outer.kind == VALUE_MODULE && module_get(outer.module, dot + 1, ret);
    value_unref(outer);
    return good || no_module(interp, path, err);
}

bool interp_import(struct interp *interp, const char *name, struct value *ret,
                   struct error *err)
{
    return find_module(interp, name, ret, err);
}

bool module_find(struct interp *interp, struct module *module,
                 const char *name, bool *found, struct value *ret,
                 struct error *err)
{
    const char *rest = module->rest;
    struct value other;
    *found = module_get(module, name, ret);
    if (*found || name[0] == '_')
        return true;
    char *path = xasprintf("%s.%s", module->name, name);
    bool is_module =
        interp->hooks.module_text && interp->hooks.module_text(path);
    bool loaded = is_module && find_module(interp, path, ret, err);
    free(path);
    *found = loaded;
    if (is_module || !rest)
        return loaded || !is_module;
    module->rest = NULL; /* while that is being loaded */
    bool good = find_module(interp, rest, &other, err);
    module->rest = rest;
    if (!good)
        return false;
    *found = module_get(other.module, name, ret);
    value_unref(other);
    if (*found && ret->kind == VALUE_MODULE) { /* what it imports itself */
        value_unref(*ret);
        *found = false;
    }
    return true;
}

static bool import_item(struct frame *frame, const struct import_item *item,
                        struct error *err)
{
    struct value module;
    if (!find_module(frame->interp, item->path, &module, err)) {
        error_locate(frame, item->span, err);
        return false;
    }
    if (!item->whole && strchr(item->path, '.')) {
        size_t length = strcspn(item->path, ".");
        char *first = xstrndup(item->path, length);
        value_unref(module);
        bool good = find_module(frame->interp, first, &module, err);
        free(first);
        if (!good) {
            error_locate(frame, item->span, err);
            return false;
        }
    }
    name_store(frame, &item->name->name, module);
    return true;
}

static bool cannot_import(struct value module, const char *from,
                          const char *name, struct error *err)
{
    struct suggestion nearest = suggestion_for(name);
    const char *candidate;
    struct value value;
    error_set(err, ERROR_IMPORT,
              "cannot import name '%s' from '%s' (unknown location)", name,
              from);
    if (module.kind == VALUE_MODULE)
        for (size_t i = 0; module_next(module.module, &i, &candidate, &value);)
            suggestion_consider(&nearest, candidate);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    return false;
}

static bool from_item(struct frame *frame, struct value module,
                      const char *from, const struct import_item *item,
                      struct error *err)
{
    struct value value;
    bool found = false;
    struct error ignored = ERROR_INIT;
    if (module.kind == VALUE_MODULE)
        module_find(frame->interp, module.module, item->path, &found, &value,
                    &ignored);
    if (!found) {
        char *path = xasprintf("%s.%s", from, item->path);
        found = find_module(frame->interp, path, &value, &ignored);
        free(path);
        error_clear(&ignored);
    }
    if (!found) {
        cannot_import(module, from, item->path, err);
        error_locate(frame, item->span, err);
        return false;
    }
    name_store(frame, &item->name->name, value);
    return true;
}

/* from X import *: all names become globals. */
static void import_all(struct frame *frame, struct value module)
{
    const char *name;
    struct value value;
    if (module.kind != VALUE_MODULE)
        return;
    for (size_t i = 0; module_next(module.module, &i, &name, &value);)
        if (name[0] != '_')
            interp_set_global(frame->interp, name, value);
}

static bool execute_from(struct frame *frame, struct node *node,
                         struct error *err)
{
    struct value module;
    bool good = true;
    if (!find_module(frame->interp, node->import.from, &module, err))
        return false;
    if (!node->import.items)
        import_all(frame, module);
    for (int i = 0; good && i < node->import.count; i++)
        good = from_item(frame, module, node->import.from,
                         &node->import.items[i], err);
    value_unref(module);
    return good;
}

bool execute_import(struct frame *frame, struct node *node, struct error *err)
{
    if (node->kind == NODE_FROM_IMPORT)
        return execute_from(frame, node, err);
    for (int i = 0; i < node->import.count; i++)
        if (!import_item(frame, &node->import.items[i], err))
            return false;
    return true;
}
