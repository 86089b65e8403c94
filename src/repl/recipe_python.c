/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/recipe_python.h"

#include <string.h>

static void add_data(const struct dataset *dataset, struct strbuf *sb)
{
    bool fashion = !strcmp(dataset->name, "fashion");
    strbuf_addf(sb,
                "(train_images, train_labels), (test_images, test_labels) = "
                "keras.datasets.%s.load_data()\n",
                fashion ? "fashion_mnist" : dataset->name);
}

static void add_layers(const struct recipe *recipe, struct strbuf *sb)
{
    double dropout = recipe->values[RECIPE_DROPOUT];
    strbuf_adds(sb, "model = keras.Sequential([\n"
                    "    keras.Input(shape=train_images.shape[1:]),\n"
                    "    keras.layers.Rescaling(1 / 255),\n"
                    "    keras.layers.Flatten(),\n");
    for (int i = 0; i < recipe->layer_count; i++) {
        strbuf_addf(sb, "    keras.layers.Dense(%d, activation='%s'),\n",
                    (int)recipe->layers[i], recipe->activation->named.name);
        if (dropout > 0.0)
            strbuf_addf(sb, "    keras.layers.Dropout(%.10g),\n", dropout);
    }
    strbuf_addf(sb,
                "    keras.layers.Dense(%d, activation='softmax'),\n"
                "])\n",
                recipe->dataset->classes);
}

static void add_compile(const struct recipe *recipe, struct strbuf *sb)
{
    strbuf_addf(sb,
                "model.compile(optimizer=keras.optimizers.%s("
                "learning_rate=%.10g),\n"
                "              loss='sparse_categorical_crossentropy',\n"
                "              metrics=['accuracy'])\n",
                recipe->optimizer->class_name, recipe->values[RECIPE_RATE]);
}

static void add_fit(const struct recipe *recipe, const char *model,
                    const char *x, const char *y, struct strbuf *sb)
{
    double share = recipe->values[RECIPE_VALIDATION];
    strbuf_addf(sb, "history = %s.fit(%s, %s, epochs=%.0f, batch_size=%.0f",
                model, x, y, recipe->values[RECIPE_EPOCHS],
                recipe->values[RECIPE_BATCH]);
    if (share > 0.0)
        strbuf_addf(sb, ", validation_split=%.10g", share);
    strbuf_adds(sb, ")\n");
}

void recipe_to_python(const struct recipe *recipe, struct strbuf *sb)
{
    if (recipe->model && recipe->dataset)
        return;
    if (recipe->model) {
        if (recipe->given[RECIPE_RATE])
            strbuf_addf(sb, "%s.optimizer.learning_rate = %.10g\n",
                        recipe->model, recipe->values[RECIPE_RATE]);
        add_fit(recipe, recipe->model, recipe->x, recipe->y, sb);
        return;
    }
    if (recipe->given[RECIPE_SEED])
        strbuf_addf(sb, "keras.utils.set_random_seed(%.0f)\n",
                    recipe->values[RECIPE_SEED]);
    add_data(recipe->dataset, sb);
    add_layers(recipe, sb);
    add_compile(recipe, sb);
    add_fit(recipe, "model", "train_images", "train_labels", sb);
    strbuf_adds(sb, "test_loss, test_acc = "
                    "model.evaluate(test_images, test_labels)\n");
}
