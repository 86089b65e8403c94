/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making, shaping, indexing, sorting and searching arrays: what NumPy 1.24.2
 * prints for the same text.
 */
#include <check.h>
#include <stdlib.h>

#include "bind/bind.h"
#include "run_entry.h"
#include "tensor/format.h"

static const struct {
    const char *program, *expected;
} rows[] = {
    {"np.argsort([3,1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1,2,3])",
     "array([10,  1, 19,  4,  7, 16, 13,  2,  5,  8, 17, 20, 11, 14, 18,  0, "
     "12,\n"
     "        9,  6,  3, 15, 21])\n"},
    {"np.argsort((np.arange(60)*37%11).reshape(3,20),axis=0)",
     "array([[0, 0, 1, 0, 2, 1, 0, 2, 1, 0, 2, 0, 0, 1, 0, 2, 1, 0, 2, 1],\n"
     "       [1, 1, 2, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 2, 1, 0, 2, 1, 0, 2],\n"
     "       [2, 2, 0, 2, 1, 0, 2, 1, 0, 2, 1, 2, 2, 0, 2, 1, 0, 2, 1, 0]])\n"},
    {"np.argsort(np.arange(40)%2==0)", "array([19, 37, 35, 33, 31, 29, 27, 25, "
                                       "23, 21, 17, 15, 13, 39, 11,  1,  3,\n"
                                       "        9,  7,  5, 14, 36,  2, 34, 32, "
                                       " 4, 30, 28, 26, 12, 24,  8, 22, 20,\n"
                                       "       38, 18, 10, 16,  6,  0])\n"},
    {"np.argsort(-(np.arange(50)%3).astype('float32'))",
     "array([17, 32, 38, 29, 26, 23, 41, 20, 14, 44, 11, 35,  5,  8,  2, 47, "
     "37,\n"
     "        1, 31, 28,  4, 25, 40, 49, 22, 46,  7, 19, 34, 16, 43, 13, 10, "
     "39,\n"
     "       42, 45,  0, 33, 30, 27, 48, 21, 18, 15, 12,  9,  6,  3, 36, "
     "24])\n"},
    {"np.argsort(np.array([1.,np.nan,0.,np.nan,2.]*6))",
     "array([27,  2, 22,  7, 17, 12,  0, 25,  5, 20, 10, 15, 24, 19, 14,  9,  "
     "4,\n"
     "       29, 13, 16, 11, 18,  8, 21,  6, 23,  3, 26,  1, 28])\n"},
    {"np.partition((np.arange(40)*7)%41,5)",
     "array([ 0,  2,  3,  1,  4,  5,  6,  7,  8,  9, 10, 36, 29, 22, 16, 23, "
     "30,\n"
     "       37, 15, 35, 17, 24, 31, 38, 28, 11, 18, 25, 32, 39, 21, 12, 19, "
     "26,\n"
     "       33, 40, 14, 13, 20, 27])\n"},
    {"np.partition((np.arange(40)*7)%41,[3,20,39])",
     "array([ 0,  1,  2,  3,  4,  7,  5,  8,  6,  9, 10, 11, 15, 12, 16, 17, "
     "14,\n"
     "       13, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 29, 28, 32, "
     "33,\n"
     "       35, 36, 38, 37, 39, 40])\n"},
    {"np.argpartition((np.arange(40)*7)%10,20)",
     "array([13,  0, 36,  3, 33, 30,  6, 29, 26, 23, 10, 20, 16, 19,  2,  9, "
     "39,\n"
     "       22, 12, 32, 35, 15,  5, 38, 28, 25,  8, 27, 24,  7, 21, 31, 11,  "
     "4,\n"
     "       34,  1, 18, 37, 17, 14])\n"},
    {"np.argpartition(((np.arange(40)*7)%10).astype(float),39)",
     "array([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, "
     "16,\n"
     "       17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, "
     "33,\n"
     "       34, 35, 36, 39, 38, 37])\n"},
    {"np.partition(np.arange(30)[::-1],-3)",
     "array([14,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 15, "
     "25,\n"
     "       20, 17, 18, 19, 21, 16, 22, 23, 24, 26, 27, 28, 29])\n"},
    {"np.lexsort((np.arange(12)%3,np.arange(12)%2))",
     "array([ 0,  6,  4, 10,  2,  8,  3,  9,  1,  7,  5, 11])\n"},
    {"np.lexsort(np.array([[1,0,2],[3,3,1]]))", "array([2, 1, 0])\n"},
    {"np.pad(np.arange(5),(7,9),'reflect')",
     "array([1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3, 4, "
     "3])\n"},
    {"np.pad(np.arange(5),(2,3),'linear_ramp')",
     "array([0, 0, 0, 1, 2, 3, 4, 2, 1, 0])\n"},
    {"np.pad(np.arange(5.),(3,3),'linear_ramp',end_values=(7,-2))",
     "array([ 7.        ,  4.66666667,  2.33333333,  0.        ,  1.        ,\n"
     "        2.        ,  3.        ,  4.        ,  2.        ,  0.        ,\n"
     "       -2.        ])\n"},
    {"np.pad(np.arange(4),3,'reflect',reflect_type='odd')",
     "array([-3, -2, -1,  0,  1,  2,  3,  4,  5,  6])\n"},
    {"np.pad(np.arange(4),3,'symmetric',reflect_type='odd')",
     "array([-2, -1,  0,  0,  1,  2,  3,  3,  4,  5])\n"},
    {"np.pad([1,2],1,constant_values=9)", "array([9, 1, 2, 9])\n"},
    {"np.histogram(np.arange(20)**2%17)",
     "(array([5, 2, 3, 0, 0, 4, 0, 0, 2, 4]), array([ 0. ,  1.6,  3.2,  4.8,  "
     "6.4,  8. ,  9.6, 11.2, 12.8, 14.4, 16. ]))\n"},
    {"np.histogram(np.arange(20)**2%17,bins='auto')",
     "(array([7, 3, 0, 4, 2, 4]), array([ 0.        ,  2.66666667,  "
     "5.33333333,  8.        , 10.66666667,\n"
     "       13.33333333, 16.        ]))\n"},
    {"np.histogram(np.arange(20)**2%17,bins='fd')",
     "(array([10, 10]), array([ 0.,  8., 16.]))\n"},
    {"np.histogram(np.arange(20)**2%17,bins='sqrt')",
     "(array([7, 3, 4, 0, 6]), array([ 0. ,  3.2,  6.4,  9.6, 12.8, 16. ]))\n"},
    {"np.histogram(np.arange(20)**2%17,bins='doane')",
     "(array([7, 3, 0, 4, 0, 2, 4]), array([ 0.        ,  2.28571429,  "
     "4.57142857,  6.85714286,  9.14285714,\n"
     "       11.42857143, 13.71428571, 16.        ]))\n"},
    {"np.histogram(np.arange(20)**2%17,bins='scott')",
     "(array([10,  4,  6]), array([ 0.        ,  5.33333333, 10.66666667, 16.  "
     "      ]))\n"},
    {"np.histogram(np.arange(20)**2%17,bins='rice')",
     "(array([7, 3, 0, 4, 2, 4]), array([ 0.        ,  2.66666667,  "
     "5.33333333,  8.        , 10.66666667,\n"
     "       13.33333333, 16.        ]))\n"},
    {"np.histogram(np.arange(20)**2%17,bins='sturges')",
     "(array([7, 3, 0, 4, 2, 4]), array([ 0.        ,  2.66666667,  "
     "5.33333333,  8.        , 10.66666667,\n"
     "       13.33333333, 16.        ]))\n"},
    {"np.histogram([1,2,2,3,5.5],bins=4,range=(0,6),density=True)",
     "(array([0.13333333, 0.26666667, 0.13333333, 0.13333333]), array([0. , "
     "1.5, 3. , 4.5, 6. ]))\n"},
    {"np.histogram([1,2,2,3,5.5],bins=4,weights=[1,2,3,4,5])",
     "(array([6, 4, 0, 5]), array([1.   , 2.125, 3.25 , 4.375, 5.5  ]))\n"},
    {"np.histogram([1,2,2,3,5.5],bins=[1,2,5],weights=[1.,2,3,4,5])",
     "(array([1., 9.]), array([1, 2, 5]))\n"},
    {"np.histogram([],bins=3)", "(array([0, 0, 0]), array([0.        , "
                                "0.33333333, 0.66666667, 1.        ]))\n"},
    {"np.histogram([3,3,3],bins=3)", "(array([0, 3, 0]), array([2.5       , "
                                     "2.83333333, 3.16666667, 3.5       ]))\n"},
    {"np.histogram(np.linspace(0,1,11),bins=10)",
     "(array([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]), array([0. , 0.1, 0.2, 0.3, 0.4, "
     "0.5, 0.6, 0.7, 0.8, 0.9, 1. ]))\n"},
    {"np.histogram2d([0,1,2,3],[0,0,1,3],bins=3)",
     "(array([[1., 0., 0.],\n"
     "       [1., 0., 0.],\n"
     "       [0., 1., 1.]]), array([0., 1., 2., 3.]), array([0., 1., 2., "
     "3.]))\n"},
    {"np.histogram2d([0,1,2,3],[0,0,1,3],bins=[2,3])",
     "(array([[2., 0., 0.],\n"
     "       [0., 1., 1.]]), array([0. , 1.5, 3. ]), array([0., 1., 2., "
     "3.]))\n"},
    {"np.histogram2d([0,1,2,3],[0,0,1,3],bins=[[0,1,4],[0,2,3]])",
     "(array([[1., 0.],\n"
     "       [2., 1.]]), array([0, 1, 4]), array([0, 2, 3]))\n"},
    {"np.histogram2d([0,1,2,3],[0,0,1,3],bins=[0,1,2,3])",
     "(array([[1., 0., 0.],\n"
     "       [1., 0., 0.],\n"
     "       [0., 1., 1.]]), array([0, 1, 2, 3]), array([0, 1, 2, 3]))\n"},
    {"np.histogram2d([0,1,2,3],[0,0,1,3],bins=2,density=True)",
     "(array([[0.22222222, 0.        ],\n"
     "       [0.11111111, 0.11111111]]), array([0. , 1.5, 3. ]), array([0. , "
     "1.5, 3. ]))\n"},
    {"np.digitize([1,5,3],[5,3,1])", "array([2, 0, 1])\n"},
    {"np.digitize([1,5,3],[5,3,1],right=True)", "array([3, 1, 2])\n"},
    {"np.digitize(2.5,[1,2,3])", "2\n"},
    {"np.insert(np.arange(6).reshape(2,3),1,[9,8],axis=1)",
     "array([[0, 9, 1, 2],\n"
     "       [3, 8, 4, 5]])\n"},
    {"np.insert(np.arange(6).reshape(2,3),[1,2],[[9],[8]],axis=1)",
     "array([[0, 9, 1, 9, 2],\n"
     "       [3, 8, 4, 8, 5]])\n"},
    {"np.insert(np.arange(6).reshape(2,3),1,[7,7,7],axis=0)",
     "array([[0, 1, 2],\n"
     "       [7, 7, 7],\n"
     "       [3, 4, 5]])\n"},
    {"np.insert(np.arange(6),[2,2,0],[7,8,9])",
     "array([9, 0, 1, 7, 8, 2, 3, 4, 5])\n"},
    {"np.insert(np.arange(3),1,[7,8,9])", "array([0, 7, 8, 9, 1, 2])\n"},
    {"np.insert(np.arange(3),-1,99)", "array([ 0,  1, 99,  2])\n"},
    {"np.insert([1,2,3],3,4.7)", "array([1, 2, 3, 4])\n"},
    {"np.delete(np.arange(10),[1,-1,3])", "array([0, 2, 4, 5, 6, 7, 8])\n"},
    {"np.delete(np.arange(12).reshape(3,4),np.s_[::2],1)",
     "array([[ 1,  3],\n"
     "       [ 5,  7],\n"
     "       [ 9, 11]])\n"},
    {"np.delete(np.arange(12).reshape(3,4),[True,False,True],0)",
     "array([[4, 5, 6, 7]])\n"},
    {"np.delete(np.arange(5),slice(1,3))", "array([0, 3, 4])\n"},
    {"np.append(np.arange(4).reshape(2,2),[[5,6]],axis=0)",
     "array([[0, 1],\n"
     "       [2, 3],\n"
     "       [5, 6]])\n"},
    {"np.unique([[3,1,3],[1,2,0]],return_index=True,return_inverse=True,return_"
     "counts=True)",
     "(array([0, 1, 2, 3]), array([5, 1, 4, 0]), array([3, 1, 3, 1, 2, 0]), "
     "array([1, 2, 1, 2]))\n"},
    {"np.unique(np.array([[1,2],[1,2],[0,5]]),axis=0,return_index=True,return_"
     "inverse=True,return_counts=True)",
     "(array([[0, 5],\n"
     "       [1, 2]]), array([2, 0]), array([1, 1, 0]), array([1, 2]))\n"},
    {"np.unique(np.array([[1,2,1],[1,2,1],[0,5,0]]),axis=1)",
     "array([[1, 2],\n"
     "       [1, 2],\n"
     "       [0, 5]])\n"},
    {"np.unique([np.nan,1,np.nan])", "array([ 1., nan])\n"},
    {"np.unique([np.nan,1,np.nan],equal_nan=False)",
     "array([ 1., nan, nan])\n"},
    {"np.intersect1d([1,1,2,3,4],[2,1,4,6],return_indices=True)",
     "(array([1, 2, 4]), array([0, 2, 4]), array([1, 0, 2]))\n"},
    {"np.intersect1d([1.5,2],[2,3])", "array([2.])\n"},
    {"np.setxor1d([1,2,3,2,4],[2,3,5,7,5])", "array([1, 4, 5, 7])\n"},
    {"np.setdiff1d([5,4,3,5],[4],assume_unique=True)", "array([5, 3, 5])\n"},
    {"np.union1d([[1,2],[3,4]],[2.5])", "array([1. , 2. , 2.5, 3. , 4. ])\n"},
    {"np.in1d([np.nan,1],[np.nan,1])", "array([False,  True])\n"},
    {"np.isin(3,[1,2,3])", "array(True)\n"},
    {"np.ediff1d([1,2,4],to_begin=-99,to_end=[88,99])",
     "array([-99,   1,   2,  88,  99])\n"},
    {"np.take(np.arange(6).reshape(2,3),[0,2],axis=1)", "array([[0, 2],\n"
                                                        "       [3, 5]])\n"},
    {"np.take([4,3,5],[-5,7],mode='wrap')", "array([3, 3])\n"},
    {"np.take([4,3,5],[-5,7],mode='clip')", "array([4, 5])\n"},
    {"np.take_along_axis(np.arange(6).reshape(2,3),np.array([[2],[0]]),axis=1)",
     "array([[2],\n"
     "       [3]])\n"},
    {"np.choose([[1,0,1],[0,1,0]],[-10,10])", "array([[ 10, -10,  10],\n"
                                              "       [-10,  10, -10]])\n"},
    {"np.choose([2,3,1,0],[[0,1,2,3],[10,11,12,13],[20,21,22,23],[30,31,32,33]]"
     ")",
     "array([20, 31, 12,  3])\n"},
    {"np.choose([2,4,1,0],[[0,1,2,3],[10,11,12,13],[20,21,22,23],[30,31,32,33]]"
     ",mode='wrap')",
     "array([20,  1, 12,  3])\n"},
    {"np.select([np.arange(6)<3,np.arange(6)>3],[np.arange(6),np.arange(6)**2],"
     "42)",
     "array([ 0,  1,  2, 42, 16, 25])\n"},
    {"np.select([np.arange(4)<2],[1.5])", "array([1.5, 1.5, 0. , 0. ])\n"},
    {"np.compress([0,1],np.arange(6).reshape(3,2),axis=1)", "array([[1],\n"
                                                            "       [3],\n"
                                                            "       [5]])\n"},
    {"np.compress([False,True],np.arange(6).reshape(3,2))", "array([1])\n"},
    {"np.unravel_index([22,41,37],(7,6))",
     "(array([3, 6, 6]), array([4, 5, 1]))\n"},
    {"np.unravel_index([31,41,13],(7,6),order='F')",
     "(array([3, 6, 6]), array([4, 5, 1]))\n"},
    {"np.ravel_multi_index(([3,6,6],[4,5,1]),(7,6))", "array([22, 41, 37])\n"},
    {"np.ix_([True,False,True],[0,2])", "(array([[0],\n"
                                        "       [2]]), array([[0, 2]]))\n"},
    {"np.meshgrid([1,2,3])", "[array([1, 2, 3])]\n"},
    {"np.indices((2,3),sparse=True)", "(array([[0],\n"
                                      "       [1]]), array([[0, 1, 2]]))\n"},
    {"np.mgrid[0:3]", "array([0, 1, 2])\n"},
    {"np.mgrid[-1:1:5j]", "array([-1. , -0.5,  0. ,  0.5,  1. ])\n"},
    {"np.ogrid[-1:1:5j]", "array([-1. , -0.5,  0. ,  0.5,  1. ])\n"},
    {"np.ogrid[0:3]", "array([0, 1, 2])\n"},
    {"np.r_[1:4,0,4]", "array([1, 2, 3, 0, 4])\n"},
    {"np.r_[0:10:3,[1,2]]", "array([0, 3, 6, 9, 1, 2])\n"},
    {"np.r_['0,2',np.array([1,2]),np.array([3,4])]", "array([[1, 2],\n"
                                                     "       [3, 4]])\n"},
    {"np.c_[np.array([1,2,3]),np.array([4,5,6])]", "array([[1, 4],\n"
                                                   "       [2, 5],\n"
                                                   "       [3, 6]])\n"},
    {"np.c_[np.array([[1,2,3]]),0,0,np.array([[4,5,6]])]",
     "array([[1, 2, 3, 0, 0, 4, 5, 6]])\n"},
    {"np.c_[1:4,5:8]", "array([[1, 5],\n"
                       "       [2, 6],\n"
                       "       [3, 7]])\n"},
    {"np.s_[2::2]", "slice(2, None, 2)\n"},
    {"np.s_[1:2,3]", "(slice(1, 2, None), 3)\n"},
    {"np.index_exp[2]", "(2,)\n"},
    {"np.linspace(0,10,5,endpoint=False)", "array([0., 2., 4., 6., 8.])\n"},
    {"np.linspace([0,1],[10,20],3)", "array([[ 0. ,  1. ],\n"
                                     "       [ 5. , 10.5],\n"
                                     "       [10. , 20. ]])\n"},
    {"np.linspace([0,1],[10,20],3,axis=1)", "array([[ 0. ,  5. , 10. ],\n"
                                            "       [ 1. , 10.5, 20. ]])\n"},
    {"np.linspace(0,5,4,dtype=int)", "array([0, 1, 3, 5])\n"},
    {"np.linspace(-3,0,4,dtype=int)", "array([-3, -2, -1,  0])\n"},
    {"np.linspace(5,5,3)", "array([5., 5., 5.])\n"},
    {"np.linspace(0,1,0)", "array([], dtype=float64)\n"},
    {"np.logspace(2,3,4)",
     "array([ 100.        ,  215.443469  ,  464.15888336, 1000.        ])\n"},
    {"np.logspace(2,3,4,base=2)",
     "array([4.        , 5.0396842 , 6.34960421, 8.        ])\n"},
    {"np.logspace(0,3,4,dtype=int)", "array([   1,   10,  100, 1000])\n"},
    {"np.geomspace(1,8,4)", "array([1., 2., 4., 8.])\n"},
    {"np.geomspace(-1,-8,4)", "array([-1., -2., -4., -8.])\n"},
    {"np.arange(0,5,0.5,dtype=int)", "array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0])\n"},
    {"np.arange(5,0,-2)", "array([5, 3, 1])\n"},
    {"np.arange(10,dtype='float32')/3",
     "array([0.        , 0.33333334, 0.6666667 , 1.        , 1.3333334 ,\n"
     "       1.6666666 , 2.        , 2.3333333 , 2.6666667 , 3.        ],\n"
     "      dtype=float32)\n"},
    {"np.arange(0.5,3)", "array([0.5, 1.5, 2.5])\n"},
    {"np.tri(3,5,2,dtype=int)", "array([[1, 1, 1, 0, 0],\n"
                                "       [1, 1, 1, 1, 0],\n"
                                "       [1, 1, 1, 1, 1]])\n"},
    {"np.tri(3,5,-1)", "array([[0., 0., 0., 0., 0.],\n"
                       "       [1., 0., 0., 0., 0.],\n"
                       "       [1., 1., 0., 0., 0.]])\n"},
    {"np.triu([1,2,3])", "array([[1, 2, 3],\n"
                         "       [0, 2, 3],\n"
                         "       [0, 0, 3]])\n"},
    {"np.diagonal(np.arange(8).reshape(2,2,2),0,0,1)", "array([[0, 6],\n"
                                                       "       [1, 7]])\n"},
    {"np.diagonal(np.arange(9).reshape(3,3),-1)", "array([3, 7])\n"},
    {"np.diag(np.arange(9).reshape(3,3),k=1)", "array([1, 5])\n"},
    {"np.diag([1,2],k=-1)", "array([[0, 0, 0],\n"
                            "       [1, 0, 0],\n"
                            "       [0, 2, 0]])\n"},
    {"np.vander([1.5,2])", "array([[1.5, 1. ],\n"
                           "       [2. , 1. ]])\n"},
    {"np.rot90(np.arange(6).reshape(2,3),2)", "array([[5, 4, 3],\n"
                                              "       [2, 1, 0]])\n"},
    {"np.rot90(np.arange(6).reshape(2,3),-1)", "array([[3, 0],\n"
                                               "       [4, 1],\n"
                                               "       [5, 2]])\n"},
    {"np.roll(np.arange(10).reshape(2,5),(1,1),axis=(1,0))",
     "array([[9, 5, 6, 7, 8],\n"
     "       [4, 0, 1, 2, 3]])\n"},
    {"np.roll(np.arange(6).reshape(2,3),2)", "array([[4, 5, 0],\n"
                                             "       [1, 2, 3]])\n"},
    {"np.roll(np.arange(6).reshape(2,3),1,axis=(0,1))", "array([[5, 3, 4],\n"
                                                        "       [2, 0, 1]])\n"},
    {"np.moveaxis(np.zeros((3,4,5)),[0,1],[-1,-2]).shape", "(5, 4, 3)\n"},
    {"np.moveaxis(np.zeros((3,4,5)),-1,0).shape", "(5, 3, 4)\n"},
    {"np.rollaxis(np.ones((3,4,5,6)),1,4).shape", "(3, 5, 6, 4)\n"},
    {"np.tile([0,1,2],(2,1,2))", "array([[[0, 1, 2, 0, 1, 2]],\n"
                                 "\n"
                                 "       [[0, 1, 2, 0, 1, 2]]])\n"},
    {"np.tile([[1,2],[3,4]],2)", "array([[1, 2, 1, 2],\n"
                                 "       [3, 4, 3, 4]])\n"},
    {"np.tile([],3)", "array([], dtype=float64)\n"},
    {"np.repeat(np.array([[1,2],[3,4]]),[1,2],axis=0)", "array([[1, 2],\n"
                                                        "       [3, 4],\n"
                                                        "       [3, 4]])\n"},
    {"np.repeat(3,4)", "array([3, 3, 3, 3])\n"},
    {"np.resize([[0,1],[2,3]],(2,3))", "array([[0, 1, 2],\n"
                                       "       [3, 0, 1]])\n"},
    {"np.resize([1,2,3],(1,4))", "array([[1, 2, 3, 1]])\n"},
    {"np.trim_zeros(np.array((0,0,0,1,2,3,0,2,1,0)),'b')",
     "array([0, 0, 0, 1, 2, 3, 0, 2, 1])\n"},
    {"np.block([1,2,3])", "array([1, 2, 3])\n"},
    {"np.block([[np.array([1,2])],[np.array([3,4])]])", "array([[1, 2],\n"
                                                        "       [3, 4]])\n"},
    {"np.stack([np.arange(3),np.arange(3)],axis=-1)", "array([[0, 0],\n"
                                                      "       [1, 1],\n"
                                                      "       [2, 2]])\n"},
    {"np.concatenate((np.array([[1,2],[3,4]]),np.array([[5,6]])),axis=None)",
     "array([1, 2, 3, 4, 5, 6])\n"},
    {"np.concatenate(([1,2],[3.5]),dtype='float32')",
     "array([1. , 2. , 3.5], dtype=float32)\n"},
    {"np.column_stack((np.arange(3),np.arange(6).reshape(3,2)))",
     "array([[0, 0, 1],\n"
     "       [1, 2, 3],\n"
     "       [2, 4, 5]])\n"},
    {"np.dstack((np.array([[1],[2]]),np.array([[3],[4]])))",
     "array([[[1, 3]],\n"
     "\n"
     "       [[2, 4]]])\n"},
    {"np.hstack([1,2,3])", "array([1, 2, 3])\n"},
    {"np.vstack(([1,2],[3,4],[5,6]))", "array([[1, 2],\n"
                                       "       [3, 4],\n"
                                       "       [5, 6]])\n"},
    {"np.array_split(np.arange(9),4)",
     "[array([0, 1, 2]), array([3, 4]), array([5, 6]), array([7, 8])]\n"},
    {"np.split(np.arange(8.0),[3,5,6,10])",
     "[array([0., 1., 2.]), array([3., 4.]), array([5.]), array([6., 7.]), "
     "array([], dtype=float64)]\n"},
    {"np.atleast_2d(1,[1,2],[[1,2]])",
     "[array([[1]]), array([[1, 2]]), array([[1, 2]])]\n"},
    {"np.atleast_3d(np.arange(3))", "array([[[0],\n"
                                    "        [1],\n"
                                    "        [2]]])\n"},
    {"np.broadcast_shapes((1,2),(3,1),(3,2))", "(3, 2)\n"},
    {"np.broadcast_shapes((6,7),(5,6,1),(7,),(5,1,7))", "(5, 6, 7)\n"},
    {"np.broadcast_arrays(np.array([[1,2,3]]),np.array([[4],[5]]))",
     "[array([[1, 2, 3],\n"
     "       [1, 2, 3]]), array([[4, 4, 4],\n"
     "       [5, 5, 5]])]\n"},
    {"np.apply_along_axis(lambda "
     "a:(a[0]+a[-1])*0.5,0,np.arange(1,10).reshape(3,3))",
     "array([4., 5., 6.])\n"},
    {"np.apply_along_axis(sorted,1,np.array([[8,1,7],[4,3,9],[5,2,6]]))",
     "array([[1, 7, 8],\n"
     "       [3, 4, 9],\n"
     "       [2, 5, 6]])\n"},
    {"np.apply_along_axis(np.sum,0,[1,2,3])", "array(6)\n"},
    {"np.apply_along_axis(np.cumsum,0,np.arange(6).reshape(2,3))",
     "array([[0, 1, 2],\n"
     "       [3, 5, 7]])\n"},
    {"np.apply_over_axes(np.sum,np.arange(24).reshape(2,3,4),[0,2])",
     "array([[[ 60],\n"
     "        [ 92],\n"
     "        [124]]])\n"},
    {"np.piecewise(np.linspace(-2.5,2.5,6),[np.linspace(-2.5,2.5,6)<0,np."
     "linspace(-2.5,2.5,6)>=0],[-1,1])",
     "array([-1., -1., -1.,  1.,  1.,  1.])\n"},
    {"np.piecewise(np.array([-2.,3.]),[np.array([-2.,3.])<0],[lambda "
     "x:-x,lambda x:x*10])",
     "array([ 2., 30.])\n"},
    {"np.piecewise(-2,[True,False],[lambda x:-x,lambda x:x])", "array(2)\n"},
    {"np.vectorize(lambda a,b:a-b if a>b else a+b)([1,2,3,4],2)",
     "array([3, 4, 1, 2])\n"},
    {"np.vectorize(lambda a:a*1.5,otypes=[int])([1,2,3])",
     "array([1, 3, 4])\n"},
    {"np.vectorize(lambda a:(a,a*2))([1,2])",
     "(array([1, 2]), array([2, 4]))\n"},
    {"np.vectorize(abs)(-3)", "array(3)\n"},
    {"np.vectorize(np.sum,signature='(n)->()')([[1,2],[3,4]])",
     "array([3, 7])\n"},
    {"np.fromfunction(lambda i,j:i+j,(3,3),dtype=int)", "array([[0, 1, 2],\n"
                                                        "       [1, 2, 3],\n"
                                                        "       [2, 3, 4]])\n"},
    {"np.fromfunction(lambda i,j:i==j,(3,3))",
     "array([[ True, False, False],\n"
     "       [False,  True, False],\n"
     "       [False, False,  True]])\n"},
    {"np.fromiter((x*x for x in range(5)),float)",
     "array([ 0.,  1.,  4.,  9., 16.])\n"},
    {"np.fromiter([1,2,3],int,count=2)", "array([1, 2])\n"},
    {"np.fromstring('1 2 3',sep=' ')", "array([1., 2., 3.])\n"},
    {"np.fromstring('1, 2',dtype=int,sep=',')", "array([1, 2])\n"},
    {"list(np.ndindex(2,3))",
     "[(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]\n"},
    {"list(np.ndindex((2,)))", "[(0,), (1,)]\n"},
    {"[(i,int(v)) for i,v in np.ndenumerate(np.array([[1,2],[3,4]]))]",
     "[((0, 0), 1), ((0, 1), 2), ((1, 0), 3), ((1, 1), 4)]\n"},
    {"[int(x) for x in np.nditer(np.arange(6).reshape(2,3).T)]",
     "[0, 1, 2, 3, 4, 5]\n"},
    {"[int(x) for x in np.nditer(np.arange(6).reshape(2,3).T,order='C')]",
     "[0, 3, 1, 4, 2, 5]\n"},
    {"[(int(a),int(b)) for a,b in "
     "np.nditer([np.arange(3),np.arange(6).reshape(2,3)])]",
     "[(0, 0), (1, 1), (2, 2), (0, 3), (1, 4), (2, 5)]\n"},
    {"list(np.nditer(np.arange(6).reshape(2,3),flags=['external_loop'],order='"
     "F'))",
     "[array([0, 3]), array([1, 4]), array([2, 5])]\n"},
    {"[int(v) for v in np.arange(6).reshape(2,3).T.flat]",
     "[0, 3, 1, 4, 2, 5]\n"},
    {"np.arange(6).reshape(2,3).flat[[1,4]]", "array([1, 4])\n"},
    {"np.arange(6).reshape(2,3).flat[1:3]", "array([1, 2])\n"},
    {"len(np.arange(6).reshape(2,3).flat)", "6\n"},
    {"np.array(np.arange(4).reshape(2,2).flat)", "array([0, 1, 2, 3])\n"},
    {"[tuple(int(q) for q in p) for p in np.broadcast([1,2],[[3],[4]])]",
     "[(1, 3), (2, 3), (1, 4), (2, 4)]\n"},
    {"np.broadcast(np.zeros((2,1)),np.zeros(3)).shape", "(2, 3)\n"},
    {"np.zeros((2,3),order='F').flags.f_contiguous", "True\n"},
    {"np.zeros((2,3),order='F').strides", "(8, 16)\n"},
    {"np.array([[1,2],[3,4]],order='F').ravel('K')", "array([1, 3, 2, 4])\n"},
    {"np.arange(12).reshape(2,3,2).swapaxes(1,2).ravel(order='K')",
     "array([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11])\n"},
    {"np.arange(6).reshape(2,3).T.copy().strides", "(16, 8)\n"},
    {"np.copy(np.arange(6).reshape(2,3).T).strides", "(8, 24)\n"},
    {"np.arange(6).reshape(2,3).T.astype('f4').strides", "(4, 12)\n"},
    {"np.arange(6).reshape((2,3),order='F')", "array([[0, 2, 4],\n"
                                              "       [1, 3, 5]])\n"},
    {"np.arange(6).reshape(3,2).flatten('F')", "array([0, 2, 4, 1, 3, 5])\n"},
    {"np.arange(6).reshape(2,3).base is None", "False\n"},
    {"np.arange(6)[2:].base", "array([0, 1, 2, 3, 4, 5])\n"},
    {"np.arange(3).view('int32')", "array([0, 0, 1, 0, 2, 0], dtype=int32)\n"},
    {"np.arange(6,dtype='int16').view('int8').shape", "(12,)\n"},
    {"np.array([1.5,2]).view('int64')",
     "array([4609434218613702656, 4611686018427387904])\n"},
    {"np.array(5)[()]", "5\n"},
    {"np.array(5)[...]", "array(5)\n"},
    {"np.arange(5)[[]]", "array([], dtype=int64)\n"},
    {"np.arange(5)[True]", "array([[0, 1, 2, 3, 4]])\n"},
    {"np.arange(5)[False]", "array([], shape=(0, 5), dtype=int64)\n"},
    {"np.arange(5)[None].shape", "(1, 5)\n"},
    {"np.arange(24).reshape(2,3,4)[:,[0,1],[2,3]]", "array([[ 2,  7],\n"
                                                    "       [14, 19]])\n"},
    {"np.arange(24).reshape(2,3,4)[[0,1],:,[2,3]]", "array([[ 2,  6, 10],\n"
                                                    "       [15, 19, 23]])\n"},
    {"np.arange(24).reshape(2,3,4)[[0,1],...,0]", "array([[ 0,  4,  8],\n"
                                                  "       [12, 16, 20]])\n"},
    {"np.arange(24).reshape(2,3,4)[0,:,[1,2]]", "array([[ 1,  5,  9],\n"
                                                "       [ 2,  6, 10]])\n"},
    {"np.arange(24).reshape(2,3,4)[np.array([[True,False,True],[False,True,"
     "False]])]",
     "array([[ 0,  1,  2,  3],\n"
     "       [ 8,  9, 10, 11],\n"
     "       [16, 17, 18, 19]])\n"},
    {"np.arange(24).reshape(2,3,4)[:,np.array([True,False,True]),1]",
     "array([[ 1,  9],\n"
     "       [13, 21]])\n"},
    {"np.arange(24).reshape(2,3,4)[np.newaxis,[0,1],None,1].shape",
     "(2, 1, 1, 4)\n"},
    {"np.arange(24).reshape(2,3,4)[...,np.array([[0],[3]])].shape",
     "(2, 3, 2, 1)\n"},
    {"np.arange(24).reshape(2,3,4)[[[0,1],[1,0]]].shape", "(2, 2, 3, 4)\n"},
    {"np.arange(24).reshape(2,3,4)[1,[True,False,True]]",
     "array([[12, 13, 14, 15],\n"
     "       [20, 21, 22, 23]])\n"},
    {"np.arange(10)[-3:3:-1]", "array([7, 6, 5, 4])\n"},
    {"np.arange(10)[10:]", "array([], dtype=int64)\n"},
    {"np.arange(10)[::-3]", "array([9, 6, 3, 0])\n"},
    {"np.where([[True,False],[True,True]],[[1,2],[3,4]],[[9,8],[7,6]])",
     "array([[1, 8],\n"
     "       [3, 4]])\n"},
    {"np.where(np.arange(4)>1,np.arange(4),-1.5)",
     "array([-1.5, -1.5,  2. ,  3. ])\n"},
    {"np.where([0,1,0])", "(array([1]),)\n"},
    {"np.nonzero(np.array([[3,0,0],[0,4,0],[5,6,0]]))",
     "(array([0, 1, 2, 2]), array([0, 1, 0, 1]))\n"},
    {"np.argwhere(np.array(5))", "array([], shape=(1, 0), dtype=int64)\n"},
    {"np.flatnonzero(np.arange(-2,3))", "array([0, 1, 3, 4])\n"},
    {"np.extract([[1,0],[0,1]],[[1,2],[3,4]])", "array([1, 4])\n"},
    {"np.searchsorted([1,2,3,4,5],[-10,10,2,3])", "array([0, 5, 1, 2])\n"},
    {"np.searchsorted([1,2,2,3],2,side='right')", "3\n"},
    {"np.searchsorted([30,10,20],15,sorter=[1,2,0])", "1\n"},
    {"np.bincount([0,1,1,3,2,1,7])", "array([1, 3, 1, 1, 0, 0, 0, 1])\n"},
    {"np.bincount([0,1,1],weights=[.5,.25,.25],minlength=5)",
     "array([0.5, 0.5, 0. , 0. , 0. ])\n"},
    {"np.count_nonzero([[0,1,7,0],[3,0,2,19]],axis=1)", "array([2, 3])\n"},
    {"np.isclose([1e10,np.nan,np.inf],[1.00001e10,np.nan,np.inf],equal_nan="
     "True)",
     "array([ True,  True,  True])\n"},
    {"np.isclose(1,1+1e-9)", "True\n"},
    {"np.allclose([1e10,1e-8],[1.00001e10,1e-9])", "True\n"},
    {"np.array_equiv([1,2],[[1,2],[1,3]])", "False\n"},
    {"np.array_equal([1,np.nan],[1,np.nan],equal_nan=True)", "True\n"},
    {"np.array([1,2,3],ndmin=2)", "array([[1, 2, 3]])\n"},
    {"np.array([[1,2],[3,4]],dtype='float32')",
     "array([[1., 2.],\n"
     "       [3., 4.]], dtype=float32)\n"},
    {"np.eye(3,4,1,dtype=int)", "array([[0, 1, 0, 0],\n"
                                "       [0, 0, 1, 0],\n"
                                "       [0, 0, 0, 1]])\n"},
    {"np.eye(3,k=-1)", "array([[0., 0., 0.],\n"
                       "       [1., 0., 0.],\n"
                       "       [0., 1., 0.]])\n"},
    {"np.full((2,2),[1,2])", "array([[1, 2],\n"
                             "       [1, 2]])\n"},
    {"np.full_like(np.arange(3),0.7)", "array([0, 0, 0])\n"},
    {"np.ones_like([1,2],dtype=float,shape=(2,))", "array([1., 1.])\n"},
    {"np.tril_indices(3,1)",
     "(array([0, 0, 1, 1, 1, 2, 2, 2]), array([0, 1, 0, 1, 2, 0, 1, 2]))\n"},
    {"np.triu_indices(3,1,4)",
     "(array([0, 0, 0, 1, 1, 2]), array([1, 2, 3, 2, 3, 3]))\n"},
    {"np.diag_indices(3)", "(array([0, 1, 2]), array([0, 1, 2]))\n"},
    {"np.mask_indices(3,np.triu)",
     "(array([0, 0, 0, 1, 1, 2]), array([0, 1, 2, 1, 2, 2]))\n"},
    {"np.size([[1,2],[3,4]],1)", "2\n"},
    {"np.ndim(5)", "0\n"},
    {"np.squeeze(np.zeros((1,3,1)),axis=2).shape", "(1, 3)\n"},
    {"np.expand_dims(np.zeros(3),(0,2)).shape", "(1, 3, 1)\n"},
    {"np.swapaxes(np.zeros((2,3,4)),0,-1).shape", "(4, 3, 2)\n"},
    {"np.transpose(np.zeros((2,3,4)),(1,0,2)).shape", "(3, 2, 4)\n"},
    {"np.zeros((2,3)).transpose(1,0).shape", "(3, 2)\n"},
    {"np.shares_memory(np.arange(4),np.arange(4))", "False\n"},
    {"np.sort([[3,1],[2,0]],axis=None)", "array([0, 1, 2, 3])\n"},
    {"np.sort(np.array([True,False,True]))", "array([False,  True,  True])\n"},
    {"np.sort([3,np.nan,1])", "array([ 1.,  3., nan])\n"},
    {"np.array([3,1,2]).argsort(kind='stable')", "array([1, 2, 0])\n"},
    {"np.arange(4).reshape(2,2).tolist()", "[[0, 1], [2, 3]]\n"},
    {"np.arange(4.).take([1,2])", "array([1., 2.])\n"},
    {"np.arange(4).repeat(2)", "array([0, 0, 1, 1, 2, 2, 3, 3])\n"},
    {"np.arange(4).reshape(2,2).diagonal()", "array([0, 3])\n"},
    {"np.array([0,3,0]).nonzero()", "(array([1]),)\n"},
    {"np.arange(4).choose([9,8,7,6])", "array([9, 8, 7, 6])\n"},
    {"np.ascontiguousarray(5)", "array([5])\n"},
    {"np.asfortranarray([[1,2],[3,4]]).flags.c_contiguous", "False\n"},
    {"x=np.arange(6).reshape(2,3); y=x.T; y[0]=9; print(x); y.flat[1]=77; "
     "print(x); x.flat=[1,2]; print(x)",
     "[[9 1 2]\n"
     " [9 4 5]]\n"
     "[[ 9  1  2]\n"
     " [77  4  5]]\n"
     "[[1 2 1]\n"
     " [2 1 2]]\n"},
    {"x=np.arange(6); x[[0,0,1]]+=1; print(x); x[x>2]=-1; print(x); "
     "x[::2]=[7,8,9]; print(x)",
     "[1 2 2 3 4 5]\n"
     "[ 1  2  2 -1 -1 -1]\n"
     "[ 7  2  8 -1  9 -1]\n"},
    {"x=np.zeros((2,3)); x[:,[0,2]]=[[1,2],[3,4]]; print(x); "
     "x[[True,False]]=5; print(x); x[0,...]=np.arange(3); print(x)",
     "[[1. 0. 2.]\n"
     " [3. 0. 4.]]\n"
     "[[5. 5. 5.]\n"
     " [3. 0. 4.]]\n"
     "[[0. 1. 2.]\n"
     " [3. 0. 4.]]\n"},
    {"x=np.arange(3); x.sort(); x[::-1].sort(); print(x)", "[2 1 0]\n"},
    {"x=np.arange(5); np.put(x,[0,2],[-44,-55]); print(x); "
     "np.put(x,22,-5,mode='clip'); print(x); x.put([1,2],7); print(x)",
     "[-44   1 -55   3   4]\n"
     "[-44   1 -55   3  -5]\n"
     "[-44   7   7   3  -5]\n"},
    {"x=np.arange(6).reshape(2,3); np.place(x,x>2,[44,55]); print(x); "
     "np.putmask(x,x>2,x**2); print(x); "
     "np.copyto(x,[1,2,3],where=[True,False,True]); print(x)",
     "[[ 0  1  2]\n"
     " [44 55 44]]\n"
     "[[   0    1    2]\n"
     " [1936 3025 1936]]\n"
     "[[   1    1    3]\n"
     " [   1 3025    3]]\n"},
    {"x=np.array([[10,30,20],[60,40,50]]); "
     "np.put_along_axis(x,np.array([[0],[2]]),99,1); print(x)",
     "[[99 30 20]\n"
     " [60 40 99]]\n"},
    {"x=np.zeros((3,3),int); np.fill_diagonal(x,[1,2,3]); print(x); "
     "x=np.zeros((6,3),int); np.fill_diagonal(x,4,wrap=True); print(x); "
     "x=np.zeros((2,2,2),int); np.fill_diagonal(x,4); print(x)",
     "[[1 0 0]\n"
     " [0 2 0]\n"
     " [0 0 3]]\n"
     "[[4 0 0]\n"
     " [0 4 0]\n"
     " [0 0 4]\n"
     " [0 0 0]\n"
     " [4 0 0]\n"
     " [0 4 0]]\n"
     "[[[4 0]\n"
     "  [0 0]]\n"
     "\n"
     " [[0 0]\n"
     "  [0 4]]]\n"},
    {"x=np.array([0,1,2]); x.resize((2,3)); print(x); x.resize(2); print(x)",
     "[[0 1 2]\n"
     " [0 0 0]]\n"
     "[0 1]\n"},
    {"x=np.arange(4); y=x[1:]; print(y.base is x, y[1:].base is x, x.base); "
     "z=x.reshape(2,2); print(z.base is x); print(x.copy().base)",
     "True True None\n"
     "True\n"
     "None\n"},
    {"x=np.zeros((2,3)); x.shape=(3,2); print(x.shape); x.shape=-1; "
     "print(x.shape)",
     "(3, 2)\n"
     "(6,)\n"},
    {"x=np.broadcast_to([1,2],(2,2)); print(x.flags.writeable); x[0,0]=1",
     "False\n"
     "ValueError: assignment destination is read-only\n"},
    {"x=np.arange(3); x.flags.writeable=False; x[0]=1",
     "ValueError: assignment destination is read-only\n"},
    {"x=np.arange(3); x.flags['W']=False; x.sort()",
     "ValueError: sort array is read-only\n"},
    {"x=np.diagonal(np.eye(3)); x[0]=1",
     "ValueError: assignment destination is read-only\n"},
    {"x=np.arange(3.); x.itemset(1,9); print(x); x=np.zeros((2,2)); "
     "x.itemset((1,0),3); print(x); x.itemset(0,1,4); print(x)",
     "[0. 9. 2.]\n"
     "[[0. 0.]\n"
     " [3. 0.]]\n"
     "[[0. 4.]\n"
     " [3. 0.]]\n"},
    {"x=np.array(3.); x[()]=5; print(x); x[...]=6; print(x)", "5.0\n"
                                                              "6.0\n"},
    {"x=np.arange(9).reshape(3,3); x[np.ix_([0,2],[0,2])]=0; print(x); "
     "x[1:,1:]+=100; print(x); x[x%2==1]*=-1; print(x)",
     "[[0 1 0]\n"
     " [3 4 5]\n"
     " [0 7 0]]\n"
     "[[  0   1   0]\n"
     " [  3 104 105]\n"
     " [  0 107 100]]\n"
     "[[   0   -1    0]\n"
     " [  -3  104 -105]\n"
     " [   0 -107  100]]\n"},
    {"x=np.arange(10); a,b=np.split(x,[3]); a[:]=0; print(x)",
     "[0 0 0 3 4 5 6 7 8 9]\n"},
    {"x=np.arange(6); y=x.view(); y.shape=(2,3); y[0,0]=5; print(x, y.base is "
     "x)",
     "[5 1 2 3 4 5] True\n"},
    {"x=np.arange(4,dtype='int16'); v=x.view('int8'); v[0]=1; print(x)",
     "[1 1 2 3]\n"},
    {"x=np.ones((2,2)); x[0]=[1,2,3]",
     "ValueError: could not broadcast input array from shape (3,) into shape "
     "(2,)\n"},
    {"x=np.ones((2,2)); x[[0,1],[0,1]]=[1,2,3]",
     "ValueError: shape mismatch: value array of shape (3,) could not be "
     "broadcast to indexing result of shape (2,)\n"},
    {"x=np.ones((2,2)); x[5]=1",
     "IndexError: index 5 is out of bounds for axis 0 with size 2\n"},
    {"x=np.ones((2,2)); x[[0,5]]=1",
     "IndexError: index 5 is out of bounds for axis 0 with size 2\n"},
    {"x=np.ones(3); x['a']=1",
     "IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis "
     "(`None`) and integer or boolean arrays are valid indices\n"},
    {"x=np.ones(3); x[1.5]=1",
     "IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis "
     "(`None`) and integer or boolean arrays are valid indices\n"},
    {"x=np.ones(3); x[np.array([0.5])]",
     "IndexError: arrays used as indices must be of integer (or boolean) "
     "type\n"},
    {"x=np.ones(3); x[0]=[1,2]",
     "ValueError: setting an array element with a sequence.\n"},
    {"x=np.arange(6).reshape(2,3).T; x.shape=6",
     "AttributeError: Incompatible shape for in-place modification. Use "
     "`.reshape()` to make a copy with the desired shape.\n"},
};

START_TEST(prints_what_numpy_prints)
{
    struct interp *interp = interp_new();
    struct strbuf output = STRBUF_INIT;

    print_options = (struct print_options)PRINT_OPTIONS_DEFAULT;
    bind_install(interp);
    run_entry(interp, rows[_i].program, &output);
    ck_assert_msg(!strcmp(output.text, rows[_i].expected),
                  "%s\nexpected:\n%sgot:\n%s", rows[_i].program,
                  rows[_i].expected, output.text);
    strbuf_done(&output);
    interp_free(interp);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arrays");
    TCase *arrays = tcase_create("arrays");

    tcase_add_loop_test(arrays, prints_what_numpy_prints, 0,
                        sizeof rows / sizeof *rows);
    suite_add_tcase(suite, arrays);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
