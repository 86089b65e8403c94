/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An epoch of a loop with GradientTape that is written by hand, layers, batches
 * and all, beside one of fit() with the same network, optimizer and arrays.
 * The names are those of the book (Chollet, Deep Learning with Python, 2.5 in
 * the second edition).
 */
#include <stdio.h>

#include "bind/bind.h"
#include "tests/bench/bench.h"

enum { ROUNDS = 5 };

static const char by_hand[] =
    "import math, time\n"
    "import tensorflow as tf\n"
    "from tensorflow import keras\n"
    "class NaiveDense:\n"
    "    def __init__(self, input_size, output_size, activation):\n"
    "        limit = math.sqrt(6 / (input_size + output_size))\n"
    "        self.activation = activation\n"
    "        self.W = tf.Variable(tf.random.uniform(\n"
    "            (input_size, output_size), minval=-limit, maxval=limit))\n"
    "        self.b = tf.Variable(tf.zeros((output_size,)))\n"
    "    def __call__(self, inputs):\n"
    "        return self.activation(tf.matmul(inputs, self.W) + self.b)\n"
    "    @property\n"
    "    def weights(self):\n"
    "        return [self.W, self.b]\n"
    "class NaiveSequential:\n"
    "    def __init__(self, layers):\n"
    "        self.layers = layers\n"
    "    def __call__(self, x):\n"
    "        for layer in self.layers:\n"
    "            x = layer(x)\n"
    "        return x\n"
    "    @property\n"
    "    def weights(self):\n"
    "        return [w for layer in self.layers for w in layer.weights]\n"
    "class BatchGenerator:\n"
    "    def __init__(self, images, labels, batch_size=128):\n"
    "        self.images, self.labels = images, labels\n"
    "        self.index, self.batch_size = 0, batch_size\n"
    "        self.num_batches = math.ceil(len(images) / batch_size)\n"
    "    def next(self):\n"
    "        start, end = self.index, self.index + self.batch_size\n"
    "        self.index = end\n"
    "        return self.images[start:end], self.labels[start:end]\n"
    "def one_training_step(model, images, labels):\n"
    "    with tf.GradientTape() as tape:\n"
    "        losses = keras.losses.sparse_categorical_crossentropy(\n"
    "            labels, model(images))\n"
    "        loss = tf.reduce_mean(losses)\n"
    "    gradients = tape.gradient(loss, model.weights)\n"
    "    optimizer.apply_gradients(zip(gradients, model.weights))\n"
    "    return loss\n"
    "def loop_epoch():\n"
    "    batches = BatchGenerator(images, labels)\n"
    "    for i in range(batches.num_batches):\n"
    "        loss = one_training_step(naive, *batches.next())\n";

static const char setup[] =
    "(images, labels), (x, y) = keras.datasets.mnist.load_data()\n"
    "images = images.reshape((60000, 784)).astype('float32') / 255\n"
    "x = x.reshape((10000, 784)).astype('float32') / 255\n"
    "optimizer = keras.optimizers.RMSprop(0.001)\n"
    "naive = NaiveSequential([\n"
    "    NaiveDense(784, 512, tf.nn.relu), NaiveDense(512, 10, "
    "tf.nn.softmax)])\n"
    "model = keras.Sequential([\n"
    "    keras.layers.Dense(512, activation='relu'),\n"
    "    keras.layers.Dense(10, activation='softmax')])\n"
    "model.compile('rmsprop', 'sparse_categorical_crossentropy', "
    "['accuracy'])\n"
    "def fit_epoch():\n"
    "    model.fit(images, labels, epochs=1, batch_size=128, verbose=0)\n"
    "def measure(epoch):\n"
    "    start = time.perf_counter()\n"
    "    epoch()\n"
    "    return time.perf_counter() - start\n";

static const char accuracies[] =
    "by_hand = float((naive(x).numpy().argmax(axis=1) == y).mean())\n"
    "by_fit = float(model.evaluate(x, y, verbose=0)[1])\n";

void bench_tape(void)
{
    struct interp *interp = bench_interp();
    double loop[ROUNDS], fit[ROUNDS], ratios[ROUNDS];

    bench_run(interp, by_hand);
    bench_run(interp, setup);
    for (int i = 0; i < ROUNDS; i++) {
        bench_run(interp, "elapsed = measure(fit_epoch)\n");
        fit[i] = bench_number(interp, "elapsed");
        bench_run(interp, "elapsed = measure(loop_epoch)\n");
        loop[i] = bench_number(interp, "elapsed");
        ratios[i] = loop[i] / fit[i];
    }
    bench_run(interp, accuracies);
    printf("%-40s %8s %7s %9s %10s\n", "at the prompt, the same network",
           "s/epoch", "epochs", "accuracy", "times fit");
    printf("    %-36s %8.3f %7d %9.4f %10.2f\n", "model.fit()",
           bench_median(fit, ROUNDS), ROUNDS, bench_number(interp, "by_fit"),
           1.0);
    printf("    %-36s %8.3f %7d %9.4f %10.2f\n",
           "a loop by hand with GradientTape", bench_median(loop, ROUNDS),
           ROUNDS, bench_number(interp, "by_hand"),
           bench_median(ratios, ROUNDS));
    interp_free(interp);
}
