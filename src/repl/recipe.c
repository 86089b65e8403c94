/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/recipe.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "repl/command.h"

enum kind { WHOLE, REAL, LAYERS, ACTIVATION, OPTIMIZER, SWITCH };

static const struct row {
    const char *name;
    const char *aliases[3]; /* Keras's names */
    enum kind kind;
    double fallback, least, most;
    const char *example;
    bool of_model; /* a model that is there has decided it */
    bool quiet;    /* not shown unless given */
} rows[RECIPE_SETTINGS] = {
    [RECIPE_LAYERS] = {.name = "layers",
                       .aliases = {"hidden", "units"},
                       .kind = LAYERS,
                       .least = 1,
                       .most = 16384,
                       .example = "layers=256,128",
                       .of_model = true},
    [RECIPE_ACTIVATION] = {.name = "activation",
                           .kind = ACTIVATION,
                           .example = "activation=tanh",
                           .of_model = true,
                           .quiet = true},
    [RECIPE_DROPOUT] = {.name = "dropout",
                        .kind = REAL,
                        .most = 0.95,
                        .example = "dropout=0.2",
                        .of_model = true,
                        .quiet = true},
    [RECIPE_OPTIMIZER] = {.name = "optimizer",
                          .kind = OPTIMIZER,
                          .example = "optimizer=adam",
                          .of_model = true,
                          .quiet = true},
    [RECIPE_EPOCHS] = {.name = "epochs",
                       .fallback = 5,
                       .least = 1,
                       .most = 100000,
                       .example = "epochs=5"},
    [RECIPE_BATCH] = {.name = "batch",
                      .aliases = {"batch_size"},
                      .fallback = 128,
                      .least = 1,
                      .most = 1e9,
                      .example = "batch=128"},
    [RECIPE_RATE] = {.name = "rate",
                     .aliases = {"learning_rate", "lr"},
                     .kind = REAL,
                     .fallback = 0.001,
                     .least = 1e-12,
                     .most = 1e6,
                     .example = "rate=0.001"},
    [RECIPE_VALIDATION] = {.name = "validation",
                           .aliases = {"validation_split"},
                           .kind = REAL,
                           .most = 0.95,
                           .example = "validation=0.1",
                           .quiet = true},
    [RECIPE_SEED] = {.name = "seed",
                     .fallback = -1, /* none */
                     .most = 4294967295.0,
                     .example = "seed=1"},
    [RECIPE_WINDOW] = {.name = "window",
                       .kind = SWITCH,
                       .fallback = 1,
                       .example = "window=off",
                       .quiet = true},
};

const char *recipe_setting_name(int index)
{
    return index < RECIPE_SETTINGS ? rows[index].name : NULL;
}

/* ------------------------------------------------------------- one setting */

static bool is_called(const struct row *row, const char *word)
{
    bool same = !strcmp(row->name, word);
    for (int i = 0; i < 3 && row->aliases[i]; i++)
        same |= !strcmp(row->aliases[i], word);
    return same;
}

static bool find_setting(const char *word, enum recipe_setting *ret,
                         struct error *err)
{
    struct suggestion near = suggestion_for(word);
    for (int i = 0; i < RECIPE_SETTINGS; i++) {
        if (is_called(&rows[i], word)) {
            *ret = (enum recipe_setting)i;
            return true;
        }
        suggestion_consider(&near, rows[i].name);
        for (int k = 0; k < 3 && rows[i].aliases[k]; k++)
            suggestion_consider(&near, rows[i].aliases[k]);
    }
    error_set(err, ERROR_VALUE, _("train has no setting '%s'"), word);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    else
        error_hint(err, "train mnist layers=512 epochs=5 batch=128 rate=0.001");
    return false;
}

static bool bad_number(const struct row *row, const char *text,
                       struct error *err)
{
    const char *format =
        row->kind == REAL
            ? _("%s must be a number from %.10g to %.10g, not '%s'")
            : _("%s must be a whole number from %.10g to %.10g, not '%s'");
    error_set(err, ERROR_VALUE, format, row->name, row->least, row->most, text);
    error_hint(err, "%s", row->example);
    return false;
}

static bool read_number(const struct row *row, const char *text, double *ret,
                        struct error *err)
{
    char *end;
    errno = 0;
    double value = strtod(text, &end);
    if (end == text || *end || errno || !(value >= row->least) ||
        value > row->most || (row->kind != REAL && value != floor(value)))
        return bad_number(row, text, err);
    *ret = value;
    return true;
}

bool recipe_read_number(enum recipe_setting setting, const char *text,
                        double *ret, struct error *err)
{
    return read_number(&rows[setting], text, ret, err);
}

/* "256,128", "[256,128]" */
static bool read_layers(struct recipe *recipe, char *text, struct error *err)
{
    const struct row *row = &rows[RECIPE_LAYERS];
    size_t length = strlen(text);
    if (length > 1 && strchr("[(", *text) && strchr("])", text[length - 1])) {
        text[length - 1] = '\0';
        text++;
    }
    recipe->layer_count = 0;
    for (char *rest = text, *part; (part = strsep(&rest, ","));) {
        double units;
        if (recipe->layer_count > 0 && !*part && !rest)
            break; /* (512,) */
        if (!read_number(row, part, &units, err))
            return false;
        if (recipe->layer_count == CLASSIFIER_MAX_LAYERS)
            return error_set(err, ERROR_VALUE, _("at most %d layers"),
                             CLASSIFIER_MAX_LAYERS);
        recipe->layers[recipe->layer_count++] = (int64_t)units;
    }
    return true;
}

static bool read_switch(const struct row *row, const char *text, double *ret,
                        struct error *err)
{
    *ret = !strcmp(text, "on");
    if (*ret != 0.0 || !strcmp(text, "off"))
        return true;
    error_set(err, ERROR_VALUE, _("%s must be on or off, not '%s'"), row->name,
              text);
    error_hint(err, "%s", row->example);
    return false;
}

static bool read_value(struct recipe *recipe, enum recipe_setting setting,
                       char *text, struct error *err)
{
    const struct row *row = &rows[setting];
    switch (row->kind) {
    case LAYERS:
        return read_layers(recipe, text, err);
    case ACTIVATION:
        recipe->activation = activation_find(text, err);
        return recipe->activation != NULL;
    case OPTIMIZER:
        recipe->optimizer = optimizer_type_find(text, err);
        return recipe->optimizer != NULL;
    case SWITCH:
        return read_switch(row, text, &recipe->values[setting], err);
    case WHOLE:
    case REAL:
    default:
        return read_number(row, text, &recipe->values[setting], err);
    }
}

/* "epochs=3"; WORD is changed. */
static bool read_setting(struct recipe *recipe, char *word, struct error *err)
{
    enum recipe_setting setting;
    char *equals = strchr(word, '=');
    if (equals)
        *equals = '\0';
    if (!find_setting(word, &setting, err))
        return false;
    if (recipe->model && rows[setting].of_model) {
        error_set(err, ERROR_VALUE, _("%s has its own %s"), recipe->model,
                  rows[setting].name);
        error_hint(err, "train mnist %s", rows[setting].example);
        return false;
    }
    if (!equals) {
        error_set(err, ERROR_VALUE, _("%s needs a value"), word);
        error_hint(err, "%s", rows[setting].example);
        return false;
    }
    recipe->given[setting] = true;
    return read_value(recipe, setting, equals + 1, err);
}

/* ----------------------------------------------------------------- parsing */

/* Without quotes, blanks around `=` and those beside a comma: one setting is
   one word. */
static char *joined(const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    for (; *text; text++) {
        bool blank = *text == ' ' || *text == '\t';
        const char *next = text + strspn(text, " \t");
        char last = sb.length ? sb.text[sb.length - 1] : '\0';
        if (*text == '\'' || *text == '"' ||
            (blank && (strchr("=,", *next) || (last && strchr("=,", last)))))
            continue;
        strbuf_addc(&sb, *text);
    }
    strbuf_addc(&sb, ' ');
    return strbuf_steal(&sb);
}

static const struct dataset *dataset_called(const char *word)
{
    struct error err = ERROR_INIT;
    const struct dataset *dataset = dataset_find(word, &err);
    error_clear(&err);
    return dataset;
}

/* `mnist`, or a variable: `net`, `net fashion`, `net x y`. */
static bool take_names(struct recipe *recipe, int count, char *const *words,
                       struct error *err)
{
    int used = 1;
    if (count == 0) {
        error_set(err, ERROR_VALUE, _("train what?"));
        error_hint(err, "train mnist");
        return false;
    }
    recipe->dataset = dataset_called(words[0]);
    if (!recipe->dataset) {
        recipe->model = xstrdup(words[0]);
        used = count < 3 ? count : 3;
        if (used == 3) {
            recipe->x = xstrdup(words[1]);
            recipe->y = xstrdup(words[2]);
        } else {
            recipe->dataset = dataset_find(used == 2 ? words[1] : "mnist", err);
            if (!recipe->dataset)
                return false;
        }
    }
    if (used == count)
        return true;
    error_set(err, ERROR_VALUE, _("'%s' is too much"), words[used]);
    error_hint(err,
               used == 3 ? "train model x y epochs=5" : "train mnist epochs=5");
    return false;
}

static bool is_name(const char *word)
{
    bool is_setting = strchr(word, '=');
    for (int i = 0; i < RECIPE_SETTINGS; i++)
        is_setting |= is_called(&rows[i], word);
    return !is_setting;
}

static bool read_words(struct recipe *recipe, char *words, bool names,
                       struct error *err)
{
    char *word, *name[4];
    int count = 0;
    bool good = true, named = !names;
    while (good && (word = command_word(&words))) {
        if (!named && count < 4 && is_name(word)) {
            name[count++] = word;
            continue;
        }
        good = (named || take_names(recipe, count, name, err)) &&
               read_setting(recipe, word, err);
        named = true;
    }
    return good && (named || take_names(recipe, count, name, err));
}

static bool read_text(struct recipe *recipe, const char *text, bool names,
                      struct error *err)
{
    char *words = joined(text);
    bool good = read_words(recipe, words, names, err);
    free(words);
    if (good && !recipe->given[RECIPE_RATE] && recipe->optimizer)
        recipe->values[RECIPE_RATE] = optimizer_type_rate(recipe->optimizer);
    if (!good)
        recipe_done(recipe);
    return good;
}

bool recipe_parse(struct recipe *ret, const char *text, struct error *err)
{
    *ret = (struct recipe){.layer_count = 1, .layers = {512}};
    for (int i = 0; i < RECIPE_SETTINGS; i++)
        ret->values[i] = rows[i].fallback;
    ret->activation = activation_find("relu", err);
    ret->optimizer = optimizer_type_find("rmsprop", err);
    return read_text(ret, text, true, err);
}

bool recipe_change(struct recipe *ret, const struct recipe *from,
                   const char *text, struct error *err)
{
    *ret = *from;
    ret->model = from->model ? xstrdup(from->model) : NULL;
    ret->x = from->x ? xstrdup(from->x) : NULL;
    ret->y = from->y ? xstrdup(from->y) : NULL;
    return read_text(ret, text, false, err);
}

void recipe_done(struct recipe *recipe)
{
    free(recipe->model);
    free(recipe->x);
    free(recipe->y);
    recipe->model = recipe->x = recipe->y = NULL;
}

/* -------------------------------------------------------------- formatting */

void recipe_format_value(const struct recipe *recipe,
                         enum recipe_setting setting, struct strbuf *sb)
{
    if (recipe->model && (rows[setting].of_model ||
                          (setting == RECIPE_RATE && !recipe->given[setting])))
        strbuf_adds(sb, "-");
    else if (setting == RECIPE_ACTIVATION)
        strbuf_adds(sb, recipe->activation->named.name);
    else if (setting == RECIPE_OPTIMIZER)
        strbuf_adds(sb, recipe->optimizer->named.name);
    else if (setting == RECIPE_LAYERS)
        for (int i = 0; i < recipe->layer_count; i++)
            strbuf_addf(sb, "%s%d", i ? "," : "", (int)recipe->layers[i]);
    else if (setting == RECIPE_WINDOW)
        strbuf_adds(sb, recipe->values[setting] != 0.0 ? "on" : "off");
    else
        strbuf_addf(sb, "%.10g", recipe->values[setting]);
}

static void add_names(const struct recipe *recipe, struct strbuf *sb)
{
    if (recipe->model)
        strbuf_addf(sb, " %s", recipe->model);
    if (recipe->dataset)
        strbuf_addf(sb, " %s", recipe->dataset->name);
    else
        strbuf_addf(sb, " %s %s", recipe->x, recipe->y);
}

void recipe_format(const struct recipe *recipe, struct strbuf *sb)
{
    strbuf_adds(sb, "train");
    add_names(recipe, sb);
    for (int i = 0; i < RECIPE_SETTINGS; i++) {
        bool shown = !rows[i].quiet || recipe->given[i];
        if (recipe->model && (rows[i].of_model || i == RECIPE_RATE))
            shown = recipe->given[i];
        if (i == RECIPE_SEED && recipe->values[i] < 0.0)
            shown = false; /* not yet drawn */
        if (!shown)
            continue;
        strbuf_addf(sb, " %s=", rows[i].name);
        recipe_format_value(recipe, (enum recipe_setting)i, sb);
    }
}
