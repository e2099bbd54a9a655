"""One training run: its seed, schedule, log and resumable state."""

import json
import os
import time

import numpy as np
import torch
import torch.distributed as together

from ..config import LOGS, RUNS
from .muon import Muon


def arguments(parser, steps, lr):
    parser.add_argument("--steps", type=int, default=steps, help="optimizer steps in all")
    parser.add_argument("--lr", type=float, default=lr)
    parser.add_argument("--decay", type=float, default=0.25, help="share of the steps, at the end, in which lr falls")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--every", type=int, default=250, help="steps between evaluations and saved states")
    parser.add_argument("--name", default="")
    parser.add_argument("--resume", action="store_true", help="go on from the run's last state")
    return parser


class Run:
    """Holds what resuming needs: modules, optimizer, step, random state.

    Started by torchrun, several processes share a run: each draws batches of its own,
    and all step by the mean of their gradients. The first of them logs and saves.
    """

    def __init__(self, name, options, modules, groups, matrices=()):
        """`modules` {name: nn.Module}; `groups` [(parameters, lr factor)]; those of them in `matrices` learn by Muon."""
        torch.set_num_threads(options.threads)
        self.name, self.options, self.modules = options.name or name, options, modules
        self.rank = _join_others()
        self.optimizers = _optimizers(groups, {id(m) for m in matrices}, options.lr)
        self.step, self.seconds = 0, 0.0
        self.rng = self._own_rng()
        RUNS.mkdir(parents=True, exist_ok=True)
        LOGS.mkdir(exist_ok=True)
        self.path = RUNS / f"{self.name}.pt"
        if options.resume and self.path.exists():
            self._load()
        self.started = time.time() - self.seconds
        self.say(event="start", options=vars(options))

    def _own_rng(self):
        return np.random.default_rng((self.options.seed, self.rank, self.step) if self.rank else self.options.seed)

    def choose(self, options, shares):
        """One of `options`, the same in all processes of a step, so that none waits for a longer batch."""
        return options[int(np.random.default_rng((self.options.seed, self.step)).choice(len(options), p=shares))]

    def steps(self):
        """Yields step numbers until the run is done, setting the learning rate."""
        while self.step < self.options.steps:
            rate = self.options.lr * self._schedule()
            for group in self._groups():
                group["lr"] = rate * group["factor"]
            yield self.step
            self.step += 1

    def _schedule(self):
        warm = min(1.0, (self.step + 1) / 100)
        left = (self.options.steps - self.step) / max(1.0, self.options.steps * self.options.decay)
        return warm * max(0.01, min(1.0, left))

    def _groups(self):
        return [group for optimizer in self.optimizers for group in optimizer.param_groups]

    def update(self, loss, clip=1.0):
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if together.is_initialized():
            _share_gradients([p for group in self._groups() for p in group["params"]])
        torch.nn.utils.clip_grad_norm_([p for group in self._groups() for p in group["params"]], clip)
        for optimizer in self.optimizers:
            optimizer.step()

    def say(self, **facts):
        if self.rank:
            return
        facts = {"t": round(time.time() - self.started), "step": self.step, **facts}
        line = json.dumps(facts)
        print(line, flush=True)
        with open(LOGS / f"{self.name}.jsonl", "a") as log:
            log.write(line + "\n")

    def save(self):
        if self.rank:
            return
        state = {
            "modules": {name: module.state_dict() for name, module in self.modules.items()},
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "step": self.step, "seconds": time.time() - self.started,
            "numpy": self.rng.bit_generator.state, "torch": torch.get_rng_state(),
        }
        torch.save(state, self.path.with_suffix(".tmp"))
        self.path.with_suffix(".tmp").replace(self.path)

    def _load(self):
        state = torch.load(self.path, weights_only=False)
        for name, module in self.modules.items():
            module.load_state_dict(state["modules"][name])
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        self.step, self.seconds = state["step"], state["seconds"]
        self.rng = self._own_rng()
        if not self.rank:
            self.rng.bit_generator.state = state["numpy"]
        torch.set_rng_state(state["torch"])


def _join_others():
    """This process's number among those of a run."""
    if "WORLD_SIZE" not in os.environ:
        return 0
    together.init_process_group("gloo")
    return together.get_rank()


def _share_gradients(parameters):
    """Replaces every gradient by its mean over the processes; a parameter that this batch did not touch counts as zero."""
    gradients = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in parameters])
    together.all_reduce(gradients)
    gradients /= together.get_world_size()
    for parameter, mean in zip(parameters, gradients.split([p.numel() for p in parameters])):
        parameter.grad = mean.view_as(parameter)


def _optimizers(groups, matrices, lr):
    """Adam for most parameters, Muon for `matrices` (a set of ids), if there are any."""
    plain, matrix = [], []
    for parameters, factor in groups:
        parameters = list(parameters)
        plain.append({"params": [p for p in parameters if id(p) not in matrices], "factor": factor})
        matrix.append({"params": [p for p in parameters if id(p) in matrices], "factor": factor})
    adam = torch.optim.AdamW(plain, lr, betas=(0.9, 0.98), weight_decay=0.02, fused=True)
    return [adam, Muon(matrix, lr)] if matrices else [adam]


def load_modules(name, modules, may_lack=(), strict=True):
    """Fills modules from a finished run's state; not `strict`: a module may have parts that the run did not know."""
    state = torch.load(RUNS / f"{name}.pt", weights_only=False)["modules"]
    for key, module in modules.items():
        if key in state or key not in may_lack:
            module.load_state_dict(state[key], strict=strict)
