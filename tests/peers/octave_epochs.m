% SPDX-License-Identifier: GPL-3.0-or-later
% 784-512-10 with relu, softmax and RMSprop in Octave, single precision, a
% column for each image.  Answers what mnist_peer.py says, but "noise".
1;

function bytes = read_bytes (name, offset)
  path = fullfile (argv (){1}, name);
  if (exist (path, 'file'))
    file = fopen (path, 'rb');
  else
    file = fopen ([path '.gz'], 'rbz');
  end
  bytes = fread (file, Inf, '*uint8')(offset + 1:end);
  fclose (file);
end

function x = images (name)
  x = single (reshape (read_bytes (name, 16), 784, [])) / 255;
end

function y = labels (name)
  y = double (read_bytes (name, 8))' + 1;
end

function w = glorot (rows, columns)
  w = single ((2 * rand (rows, columns) - 1) * sqrt (6 / (rows + columns)));
end

function network = new_network (seed)
  rand ('twister', seed);
  network.weights = {glorot(512, 784), zeros(512, 1, 'single'), ...
                     glorot(10, 512), zeros(10, 1, 'single')};
  network.squares = cellfun (@(w) 0 * w, network.weights, ...
                             'UniformOutput', false);
end

function [hidden, p] = forward (weights, x)
  hidden = max (weights{1} * x + weights{2}, 0);
  z = weights{3} * hidden + weights{4};
  e = exp (z - max (z));
  p = e ./ sum (e);
end

function gradients = gradients_of (weights, x, y)
  [hidden, p] = forward (weights, x);
  count = numel (y);
  right = sub2ind (size (p), y, 1:count);
  loss = -mean (log (p(right) + 1e-7));
  p(right) -= 1;
  d2 = p / count;
  d1 = (weights{3}' * d2) .* (hidden > 0);
  gradients = {d1 * x', sum(d1, 2), d2 * hidden', sum(d2, 2)};
end

function network = train_epoch (network, x, y)
  order = randperm (columns (x));
  for first = 1:128:numel (order)
    batch = order(first:min (first + 127, end));
    g = gradients_of (network.weights, x(:, batch), y(batch));
    for k = 1:4
      network.squares{k} = 0.9 * network.squares{k} + 0.1 * g{k} .^ 2;
      network.weights{k} -= 0.001 * g{k} ./ (sqrt (network.squares{k}) + 1e-7);
    end
  end
end

x = images ('train-images-idx3-ubyte');
y = labels ('train-labels-idx1-ubyte');
test_x = images ('t10k-images-idx3-ubyte');
test_y = labels ('t10k-labels-idx1-ubyte');
seed = 1;
network = new_network (seed);
printf ('Octave %s\n', version ());
fflush (stdout);
while (true)
  line = input ('', 's'); % fgetl would wait for more than a line; ends by error
  if (strcmp (line, 'epoch'))
    start = tic;
    network = train_epoch (network, x, y);
    seconds = toc (start);
    [~, p] = forward (network.weights, test_x);
    [~, guess] = max (p);
    printf ('%.6f %.6f\n', seconds, mean (guess == test_y));
  else
    seed++;
    network = new_network (seed);
    printf ("ready\n");
  end
  fflush (stdout);
end
