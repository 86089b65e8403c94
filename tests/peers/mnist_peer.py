# SPDX-License-Identifier: GPL-3.0-or-later
"""What the peers of tests/bench/epochs.c written in Python share: the images
of MNIST, and the questions that they answer.

  new    begin again with other weights
  noise  add noise to all images, so that no pixel is zero, and begin again
  epoch  train one epoch

Each answer is one line; that to "epoch" is the seconds of the epoch and the
part of the test images that are recognised after it, which is not timed.
"""
import gzip
import os
import sys
import time

import numpy as np


def read(name, offset):
    path = os.path.join(sys.argv[1], name)
    packed = not os.path.exists(path)
    with gzip.open(path + '.gz') if packed else open(path, 'rb') as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


def images(name):
    return read(name, 16).reshape(-1, 784).astype(np.float32) / 255


def labels(name):
    return read(name, 8).astype(np.int64)


class Data:
    def __init__(self):
        self.x = images('train-images-idx3-ubyte')
        self.y = labels('train-labels-idx1-ubyte')
        self.test_x = images('t10k-images-idx3-ubyte')
        self.test_y = labels('t10k-labels-idx1-ubyte')

    def add_noise(self):
        random = np.random.default_rng(2)
        for x in self.x, self.test_x:
            x *= np.float32(7 / 8)
            x += random.uniform(1 / 255, 31 / 255, x.shape).astype(np.float32)


def serve(title, data, new_network):
    """NEW_NETWORK(data, seed) gives an object with epoch() and predict(x),
    the labels that it thinks x has."""
    seed = 1
    network = new_network(data, seed)
    print(title, flush=True)
    for line in sys.stdin:
        question = line.strip()
        if question == 'epoch':
            start = time.perf_counter()
            network.epoch()
            seconds = time.perf_counter() - start
            right = np.mean(network.predict(data.test_x) == data.test_y)
            print(f'{seconds:.6f} {right:.6f}', flush=True)
            continue
        if question == 'noise':
            data.add_noise()
        seed += 1
        network = new_network(data, seed)
        print('ready', flush=True)
