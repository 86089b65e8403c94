/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keras at the prompt.  The numbers are PyTorch 1.13's for the same weights
 * and steps (in double precision, rounded), or follow from Keras's documents.
 */
#include "lang_programs.h"

#define IMPORTS                                     \
    "import numpy as np\nimport tensorflow as tf\n" \
    "from tensorflow import keras\nfrom tensorflow.keras import layers\n"

/* Three steps of OPTIMIZER on (p . p) q^2. */
#define STEPS(optimizer)                                                    \
    IMPORTS                                                                 \
        "p, q = tf.Variable([1., -2., 3.]), tf.Variable([.5])\n"            \
        "o = keras.optimizers." optimizer "\n"                              \
        "for i in range(3):\n"                                              \
        "    with tf.GradientTape() as tape:\n"                             \
        "        loss = tf.reduce_sum(p * p) * q * q\n"                     \
        "    o.apply_gradients(zip(tape.gradient(loss, [p, q]), [p, q]))\n" \
        "print([f'{float(x):.3f}' for x in [*p.numpy(), *q.numpy()]])"

#define PAIR                                                               \
    IMPORTS "y = [[.2, .5, .3], [.1, .1, .8]]\n"                           \
            "o = [[0., 1., 0.], [1., 0., 0.]]\n"                           \
            "z = [[1., -2., .5], [0., 3., -1.]]\n"                         \
            "def show(t): print([f'{float(x):.4f}' for x in t.numpy()])\n" \
            "from tensorflow.keras import losses\n"

/* One layer on eight samples; a rate of 0, so that nothing gets better. */
#define STILL                                                   \
    IMPORTS "x = np.arange(16.).reshape(8, 2)\n"                \
            "m = keras.Sequential([layers.Dense(1, "            \
            "kernel_initializer='zeros', input_shape=(2,))])\n" \
            "m.compile(optimizer=keras.optimizers.SGD(0.0), loss='mse')\n"

static const struct row rows[] = {
    /* a tape through every kind of layer */
    {IMPORTS
     "x = np.sin(np.arange(144)).reshape(2, 6, 6, 2).astype('float32')\n"
     "model = keras.Sequential([\n"
     "    layers.Conv2D(3, 3, activation='relu', padding='same'),\n"
     "    layers.MaxPooling2D(2), layers.BatchNormalization(),\n"
     "    layers.Conv2D(4, 2), layers.AveragePooling2D(2),\n"
     "    layers.Flatten(), layers.Dense(3, activation='gelu'),\n"
     "    layers.Dense(3)])\n"
     "model.build((None, 6, 6, 2))\n"
     "for i, w in enumerate(model.trainable_weights):\n"
     "    n = int(np.prod(w.shape))\n"
     "    w.assign(0.5 * np.cos(np.arange(n) + i).reshape(w.shape))\n"
     "loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)\n"
     "with tf.GradientTape() as tape:\n"
     "    loss = loss_fn([2, 0], model(x, training=True))\n"
     "g = tape.gradient(loss, model.trainable_weights)\n"
     "print(f'{float(loss):.4f}')\n"
     "print([f'{float((t.numpy()**2).sum()):.3g}' for t in g])",
     "1.0429\n"
     "['0.000231', '1.92e-06', '5.83e-06', '0.000551', "
     "'0.000924', '0.000541', '0.0225', '0.00822', '0.0282', '0.128']\n"},
    {PAIR "show(losses.categorical_crossentropy(o, y))\n"
          "show(losses.sparse_categorical_crossentropy([2, 0], z, "
          "from_logits=True))\n"
          "show(losses.binary_crossentropy(o, y))\n"
          "show(losses.binary_crossentropy(o, z, from_logits=True))\n"
          "show(losses.mse(o, y))\n"
          "show(losses.mean_absolute_error(o, y))\n"
          "show(losses.huber(o, z))\n"
          "show(losses.categorical_crossentropy(o, z, from_logits=True, "
          "label_smoothing=0.1))",
     "['0.6931', '2.3026']\n['1.0046', '3.0659']\n['0.4243', '1.3391']\n"
     "['1.4714', '1.3517']\n['0.1267', '0.4867']\n['0.3333', '0.6000']\n"
     "['1.0417', '1.1667']\n['3.3213', '2.9992']\n"},
    /* the mean of each, and one that compile() takes, too */
    {PAIR "print(f'{losses.MeanSquaredError()(o, y):.4f}')\n"
          "print(f'{losses.CategoricalCrossentropy()(o, y):.4f}')",
     "0.3067\n1.4979\n"},
    {STEPS("SGD(0.01, momentum=0.9)"),
     "['0.981', '-1.962', '2.944', '-0.106']\n"},
    {STEPS("SGD(0.01, momentum=0.9, nesterov=True)"),
     "['0.980', '-1.960', '2.940', '-0.155']\n"},
    {STEPS("Adam(0.1)"), "['0.718', '-1.715', '2.715', '0.208']\n"},
    {STEPS("RMSprop(0.1)"), "['0.645', '-1.636', '2.633', '0.049']\n"},
    {STEPS("AdamW(0.1, weight_decay=0.004)"),
     "['0.717', '-1.713', '2.711', '0.207']\n"},
    {STEPS("Adamax(0.1)"), "['0.761', '-1.757', '2.756', '0.240']\n"},
    {STEPS("Adadelta(1.0)"), "['0.996', '-1.996', '2.996', '0.496']\n"},
    {STILL "h = m.fit(x, np.ones(8), epochs=9, verbose=0, callbacks=["
           "keras.callbacks.EarlyStopping('loss', patience=2)])\n"
           "print(h.history, h.epoch)",
     "{'loss': [1.0, 1.0, 1.0]} [0, 1, 2]\n"},
    {STILL "class Log(keras.callbacks.Callback):\n"
           "    def on_train_begin(self, logs=None):\n"
           "        print(self.params, self.model is not None)\n"
           "    def on_epoch_begin(self, epoch, logs=None):\n"
           "        print('epoch', epoch)\n"
           "    def on_train_batch_end(self, batch, logs=None):\n"
           "        print(batch, logs)\n"
           "    def on_epoch_end(self, epoch, logs=None):\n"
           "        self.model.stop_training = True\n"
           "m.fit(x, np.ones(8), batch_size=4, epochs=5, verbose=0, "
           "callbacks=[Log()])\n"
           "def rate(epoch, lr):\n"
           "    return 0.5 / (epoch + 1)\n"
           "h = m.fit(x * 0, np.zeros(8), epochs=2, verbose=0, callbacks="
           "keras.callbacks.LearningRateScheduler(rate))\n"
           "print(h.history['lr'])\n"
           "class Broken(keras.callbacks.Callback):\n"
           "    def on_epoch_end(self, epoch, logs=None): logs['no']\n"
           "m.fit(x, np.ones(8), verbose=0, callbacks=[Broken()])",
     "{'verbose': 0, 'epochs': 5, 'steps': 2} True\nepoch 0\n"
     "0 {'loss': 1.0}\n1 {'loss': 1.0}\n[0.5, 0.25]\nKeyError: 'no'\n"},
    /* weights of classes and samples: (1 + 3) / 2 of four times 1 */
    {STILL "y = np.ones(8); y[:4] = -1\n"
           "h = m.fit(x, y, verbose=0, sample_weight=np.full(8, 3.))\n"
           "print(h.history['loss'])\n"
           "h = m.fit(x, y, verbose=0, class_weight={1: 3.0, -1: 1.0})\n"
           "print(h.history['loss'])\n"
           "print(m.evaluate(x, y, return_dict=True), "
           "m.train_on_batch(x, y), m.test_on_batch(x, y))\n"
           "h = m.fit(x, y, epochs=4, initial_epoch=2, verbose=0, "
           "validation_split=0.25)\n"
           "print(h.history, h.epoch)",
     "[3.0]\n[2.0]\n{'loss': 1.0} 1.0 1.0\n"
     "{'loss': [1.0, 1.0], 'val_loss': [1.0, 1.0]} [2, 3]\n"},
    {IMPORTS "m = keras.metrics.SparseCategoricalAccuracy()\n"
             "m.update_state([1, 0], [[0., 1.], [0., 1.]])\n"
             "print(m.result().numpy(), m([0, 0], [[1., 0.], [1., 0.]]))\n"
             "m.reset_state()\nprint(float(m.result()), m.name)\n"
             "p = keras.metrics.Precision()\n"
             "p.update_state([1, 1, 0, 0], [.9, .2, .8, .1])\n"
             "print(float(p.result()))",
     "0.5 tf.Tensor(0.75, shape=(), dtype=float32)\n"
     "0.0 sparse_categorical_accuracy\n0.5\n"},
    /* what was saved comes back; what was not is told from it */
    {STILL "import os\n"
           "n = keras.Sequential([layers.Conv2D(2, (3, 2), padding='same',"
           "kernel_regularizer=keras.regularizers.l2(0.01), "
           "input_shape=(4, 4, 1)), layers.BatchNormalization(), "
           "layers.Dropout(0.5), layers.Flatten(), "
           "layers.Dense(3, activation='softmax')])\n"
           "n.compile(keras.optimizers.Adam(0.01), keras.losses."
           "SparseCategoricalCrossentropy(), ['accuracy'])\n"
           "x, y = np.random.rand(6, 4, 4, 1), np.arange(6) % 3\n"
           "n.fit(x, y, verbose=0)\n"
           "n.save('check_keras.keras')\n"
           "k = keras.models.load_model('check_keras.keras')\n"
           "print(np.array_equal(k.predict(x), n.predict(x)), "
           "k.evaluate(x, y) == n.evaluate(x, y), "
           "k.layers[0].get_config() == n.layers[0].get_config(), "
           "k.get_compile_config() == n.get_compile_config())\n"
           "n.save_weights('check_keras.npz')\n"
           "k.set_weights([w * 0 for w in k.get_weights()])\n"
           "k.load_weights('check_keras.npz')\n"
           "print(np.array_equal(k.predict(x), n.predict(x)))\n"
           "try: m.load_weights('check_keras.npz')\n"
           "except ValueError as e: print('has 8 weights' in str(e))\n"
           "try: keras.models.load_model('check_keras.npz')\n"
           "except ValueError as e: print('no model' in str(e))\n"
           "open('check_keras.npz', 'w').write('PK no archive')\n"
           "try: k.load_weights('check_keras.npz')\n"
           "except ValueError as e: print('archive' in str(e))\n"
           "os.remove('check_keras.npz'); os.remove('check_keras.keras')",
     "True True True True\nTrue\nTrue\nTrue\nTrue\n"},
};

int main(void)
{
    return run_rows("keras", (int)(sizeof rows / sizeof *rows));
}
