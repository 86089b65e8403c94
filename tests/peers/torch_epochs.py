# SPDX-License-Identifier: GPL-3.0-or-later
"""784-512-10 with relu and RMSprop in PyTorch, batches taken by index.  At the
better of two settings, which is tried first: one thread of PyTorch's own
beside those of BLAS, or as many as there are cores."""
import os
import time

import torch

from mnist_peer import Data, serve


class Network:
    def __init__(self, data, seed):
        torch.manual_seed(seed)
        self.x = torch.from_numpy(data.x)
        self.y = torch.from_numpy(data.y)
        self.network = torch.nn.Sequential(
            torch.nn.Linear(784, 512), torch.nn.ReLU(),
            torch.nn.Linear(512, 10))
        for layer in self.network[::2]:
            torch.nn.init.xavier_uniform_(layer.weight)
            torch.nn.init.zeros_(layer.bias)
        self.optimizer = torch.optim.RMSprop(
            self.network.parameters(), lr=0.001, alpha=0.9, eps=1e-7)
        self.loss_of = torch.nn.CrossEntropyLoss()

    def batches(self, count):
        for batch in torch.randperm(len(self.x)).split(128)[:count]:
            self.optimizer.zero_grad()
            loss = self.loss_of(self.network(self.x[batch]), self.y[batch])
            loss.backward()
            self.optimizer.step()

    def epoch(self):
        self.batches(None)

    def predict(self, x):
        with torch.no_grad():
            return self.network(torch.from_numpy(x)).argmax(dim=1).numpy()


def seconds(data, threads):
    torch.set_num_threads(threads)
    network = Network(data, 0)
    network.batches(10)
    start = time.perf_counter()
    network.batches(40)
    return time.perf_counter() - start


data = Data()
counts = {1, len(os.sched_getaffinity(0))}
best = min(sorted(counts), key=lambda threads: seconds(data, threads))
torch.set_num_threads(best)
serve(f'PyTorch {torch.__version__}, threads: {best}', data, Network)
