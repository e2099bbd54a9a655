"""One training run: its seed, schedule, log and resumable state."""

import json
import time

import numpy as np
import torch

from ..config import LOGS, RUNS


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
    """Holds what resuming needs: modules, optimizer, step, random state."""

    def __init__(self, name, options, modules, groups):
        """`modules` {name: nn.Module}; `groups` [(parameters, lr factor)]."""
        torch.set_num_threads(options.threads)
        self.name, self.options, self.modules = options.name or name, options, modules
        self.factors = [factor for _, factor in groups]
        self.optimizer = torch.optim.AdamW(
            [{"params": list(p)} for p, _ in groups], options.lr, betas=(0.9, 0.98), weight_decay=0.02, fused=True)
        self.rng = np.random.default_rng(options.seed)
        self.step, self.seconds = 0, 0.0
        RUNS.mkdir(parents=True, exist_ok=True)
        LOGS.mkdir(exist_ok=True)
        self.path = RUNS / f"{self.name}.pt"
        if options.resume and self.path.exists():
            self._load()
        self.started = time.time() - self.seconds
        self.say(event="start", options=vars(options))

    def steps(self):
        """Yields step numbers until the run is done, setting the learning rate."""
        while self.step < self.options.steps:
            rate = self.options.lr * self._schedule()
            for group, factor in zip(self.optimizer.param_groups, self.factors):
                group["lr"] = rate * factor
            yield self.step
            self.step += 1

    def _schedule(self):
        warm = min(1.0, (self.step + 1) / 100)
        left = (self.options.steps - self.step) / max(1.0, self.options.steps * self.options.decay)
        return warm * max(0.01, min(1.0, left))

    def update(self, loss, clip=1.0):
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        parameters = [p for group in self.optimizer.param_groups for p in group["params"]]
        torch.nn.utils.clip_grad_norm_(parameters, clip)
        self.optimizer.step()

    def say(self, **facts):
        facts = {"t": round(time.time() - self.started), "step": self.step, **facts}
        line = json.dumps(facts)
        print(line, flush=True)
        with open(LOGS / f"{self.name}.jsonl", "a") as log:
            log.write(line + "\n")

    def save(self):
        state = {
            "modules": {name: module.state_dict() for name, module in self.modules.items()},
            "optimizer": self.optimizer.state_dict(), "step": self.step, "seconds": time.time() - self.started,
            "numpy": self.rng.bit_generator.state, "torch": torch.get_rng_state(),
        }
        torch.save(state, self.path.with_suffix(".tmp"))
        self.path.with_suffix(".tmp").replace(self.path)

    def _load(self):
        state = torch.load(self.path, weights_only=False)
        for name, module in self.modules.items():
            module.load_state_dict(state["modules"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        for group in self.optimizer.param_groups:
            group["fused"] = True
        self.step, self.seconds = state["step"], state["seconds"]
        self.rng.bit_generator.state = state["numpy"]
        torch.set_rng_state(state["torch"])


def load_modules(name, modules):
    """Fills modules from a finished run's state."""
    state = torch.load(RUNS / f"{name}.pt", weights_only=False)["modules"]
    for key, module in modules.items():
        module.load_state_dict(state[key])
