/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

#include "lesson/document.h"

static void snippets_free(struct snippets *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].text);
    free(list->items);
}

static void mistake_free(struct mistake *mistake)
{
    snippets_free(&mistake->examples);
    free(mistake->term);
    free(mistake->sentence);
}

static void step_free(struct step *step)
{
    struct snippets *lists[] = {&step->check,   &step->also, &step->inputs,
                                &step->explore, &step->show, &step->choices};
    char *texts[] = {step->id,         step->title,       step->prose,
                     step->after,      step->setup.text,  step->answer.text,
                     step->predict.text};
    struct words *words[] = {&step->demand.want, &step->demand.must,
                             &step->demand.must_not, &step->labels};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        snippets_free(lists[i]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        words_free(words[i]);
    for (size_t i = 0; i < step->mistake_count; i++)
        mistake_free(&step->mistakes[i]);
    for (size_t i = 0; i < step->hint_count; i++)
        free(step->hints[i].text);
    free(step->mistakes);
    free(step->hints);
}

void lesson_free(struct lesson *lesson)
{
    if (!lesson)
        return;
    for (size_t i = 0; i < lesson->count; i++)
        step_free(&lesson->steps[i]);
    free(lesson->steps);
    free(lesson->path);
    free(lesson->id);
    free(lesson->title);
    free(lesson->intro);
    free(lesson->setup.text);
    free(lesson);
}

int lesson_find_step(const struct lesson *lesson, const char *id)
{
    for (size_t i = 0; i < lesson->count; i++)
        if (!strcmp(lesson->steps[i].id, id))
            return (int)i;
    return -1;
}

const char *step_kind_name(enum step_kind kind)
{
    static const char *const names[] = {"read", "look",     "explore",
                                        "do",   "function", "predict"};
    return names[kind];
}
