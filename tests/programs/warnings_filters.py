# SPDX-License-Identifier: GPL-3.0-or-later
import warnings
import numpy as np
with warnings.catch_warnings():
    warnings.simplefilter('ignore', np.RankWarning)
    p = np.polyfit([0, 1], [1, 3], 3)
    print(p.shape)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("deprecated", DeprecationWarning)
    print(len(w), issubclass(w[-1].category, DeprecationWarning), "deprecated" in str(w[-1].message))
warnings.filterwarnings("ignore", category=RuntimeWarning)
print(np.log(np.array([0.0])))
warnings.filterwarnings("error")
try:
    warnings.warn("careful")
except UserWarning as e:
    print("raised", e)
warnings.resetwarnings()
warnings.simplefilter("ignore")
print(np.array([1.0]) / 0)
warnings.warn("not shown")
print(issubclass(RuntimeWarning, Warning), issubclass(np.RankWarning, UserWarning), RuntimeWarning("x"))
rng = np.random.default_rng(0)
print(rng, str(rng))
print(repr(rng).startswith("Generator(PCG64) at 0x"))
import sys
print(sys.byteorder, np.float64(2.0).is_integer())
