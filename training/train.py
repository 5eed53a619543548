"""Train on windows composed from what synth.py wrote.

usage: train.py OUT.pt [--pool PREFIX] [--merges FILE] [--grow A B] [--batch N] [--minutes N] [--init CKPT] ...
"""
import argparse
import json
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from bpe import Tokenizer
from model import Whisper, log_mel
from windows import Window, WindowMaker

CONTEXT = 447  # ids a row may hold: 448 positions less the one that only predicts
MAX_GRADIENT_NORM = 1e4  # beyond it a step is garbage, not a large step
LOG_STEPS = 50
NEAR = torch.arange(-4, 5)  # a timestamp's neighbours, in steps of 20 ms
SHARE = torch.exp(-(NEAR / 1.3) ** 2 / 2)
SHARE /= SHARE.sum()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("out")
    add("--pool", default="train", help="what synth.py wrote: PREFIX.npy and PREFIX.json")
    add("--merges", default="merges.json")
    add("--seconds", type=float, default=6)
    add("--batch", type=int, default=32, help="windows a step; with --grow, seconds of audio a step")
    add("--grow", type=float, nargs=2, help="lengthen windows from A to B seconds over the first 60 %% of the run")
    add("--minutes", type=float, default=40)
    add("--init", help="checkpoint to go on from")
    add("--lr", type=float, default=1.5e-3)
    add("--threads", type=int, default=2)
    add("--floor", type=float, default=0.02, help="learning rate left at the end, as a share of --lr")
    add("--guide", type=float, default=0, help="weight of the alignment losses: phoneme per frame, where tokens look")
    add("--freeze", type=int, default=0,
        help="keep the encoder and take this many decoder steps, each with new prompts, from every encoded batch")
    return parser.parse_args()


def measure_alignment(model: Whisper, xa: torch.Tensor, rows: list[Window], centre: torch.Tensor) -> tuple:
    """Cross entropy of each frame's phoneme, and the attention that falls far from where a token is spoken."""
    frames = torch.from_numpy(np.stack([r.frames for r in rows]))
    phone_loss = F.cross_entropy(model.phones(xa).flatten(0, 1), frames[:, : xa.shape[1]].flatten())
    offset = torch.arange(xa.shape[1])[None, None] - centre[..., None]
    far = 1 - torch.exp(-(offset / 15) ** 2 / 2)
    told = (centre >= 0)[..., None].float()
    count = told.sum().clamp(min=1)
    guide = sum(((b.cross.weights.mean(1) * far) * told).sum() / count for b in model.dec)
    return phone_loss, guide


def clip_gradients(model: Whisper) -> bool:
    """Scale the gradients to norm 1 at most; False if this step should be skipped."""
    grads = [p.grad for p in model.parameters() if p.grad is not None]
    norm = sum(float((g.double() ** 2).sum()) for g in grads) ** 0.5
    if not norm < MAX_GRADIENT_NORM:
        print("skipped a step: gradient norm", norm, flush=True)
        return False
    for g in grads:
        g.mul_(min(1.0, 1.0 / (norm + 1e-6)))
    return True


class Trainer:
    def __init__(self, args: argparse.Namespace):
        self.args = args
        with open(args.merges) as file:
            tok = Tokenizer(json.load(file))
        self.special = tok.special
        self.rng = random.Random(time.time())
        self.windows = WindowMaker(args.pool, tok, self.rng)
        self.model = Whisper(tok.size, tok.n_text)
        if args.init:
            self.model.load_state_dict(torch.load(args.init)["weights"], strict=False)
        parameters = self.model.parameters()
        self.optimizer = torch.optim.AdamW(parameters, lr=args.lr, betas=(0.9, 0.98), weight_decay=0.01)

    def draw_batch(self, done: float) -> list[Window]:
        """Windows of one length; done is the share of the run that is over."""
        args, seconds, n = self.args, self.args.seconds, self.args.batch
        if args.grow:
            first, last = args.grow
            longest = first + (last - first) * min(1, done / 0.6)
            seconds = round(longest if self.rng.random() < 0.6 else self.rng.uniform(4, longest))
            n = max(2, round(args.batch / seconds))
        return [self.windows.make(seconds) for _ in range(n)]

    def add_prompt(self, row: Window) -> tuple[list[int], int, np.ndarray]:
        """Ids, how many of them are prompt, and where each looks; some of the windows follow others."""
        prompt = []
        if self.rng.random() < 0.55:
            prompt = [self.special["<|startofprev|>"]] + self.windows.previous(*row.before)
        where = np.concatenate([np.full(len(prompt), -1), row.centre])
        return (prompt + row.ids)[:CONTEXT], len(prompt), where[:CONTEXT]

    def teach(self, rows: list[Window]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Decoder ids [B, L], targets and where each looks [B, L-1], with a new prompt before some of the rows."""
        S = self.special
        told = [self.add_prompt(row) for row in rows]
        n, length = len(told), max(len(t[0]) for t in told)
        ids = torch.full((n, length), S["<|endoftext|>"])
        target = torch.full((n, length - 1), -100)
        centre = torch.full((n, length - 1), -1.0)
        given = (S["<|transcribe|>"], S["<|translate|>"], S["<|notimestamps|>"])  # conditions, not predictions
        for i, (seq, first, where) in enumerate(told):
            centre[i, : len(seq) - 1] = torch.from_numpy(where[1:]).float()
            ids[i, : len(seq)] = torch.tensor(seq)
            target[i, first: len(seq) - 1] = torch.tensor(seq[first + 1:])
            for j in range(first + 1, min(first + 3, len(seq) - 1)):
                if seq[j + 1] in given:
                    target[i, j] = -100
        return ids, target, centre

    def measure_text_loss(self, logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Cross entropy in which a timestamp shares its probability with its neighbours, so that all 1501 learn from each other."""
        keep = target >= 0
        logp, t = logits[keep].log_softmax(-1), target[keep]
        nll = -logp.gather(1, t[:, None])[:, 0]
        zero = self.special["<|0.00|>"]
        timed = t >= zero
        near = (t[timed, None] + NEAR).clamp(zero, zero + 1500)
        soft = -(logp[timed].gather(1, near) * SHARE).sum(1)
        return (nll[~timed].sum() + soft.sum()) / len(t)

    def step(self, rows: list[Window], xa: torch.Tensor) -> tuple[float, ...]:
        """One optimizer step: cross entropy, accuracy and the two alignment losses."""
        model, weight = self.model, self.args.guide
        ids, target, centre = self.teach(rows)
        logits = model.decode(ids[:, :-1], xa)
        ce = F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=-100)
        loss, extra = self.measure_text_loss(logits, target), (0, 0)
        if weight:
            phone_loss, guide = measure_alignment(model, xa, rows, centre)
            loss = loss + weight * (phone_loss + guide)
            extra = (phone_loss.item(), guide.item())
        self.optimizer.zero_grad()
        loss.backward()
        if clip_gradients(model):
            self.optimizer.step()
        with torch.no_grad():
            accuracy = (logits.argmax(-1) == target)[target >= 0].float().mean()
        return ce.item(), accuracy.item(), *extra

    def set_learning_rate(self, step: int, done: float) -> None:
        args = self.args
        lr = args.lr * min(1, (step + 1) / 150) * (args.floor + (1 - args.floor) * (1 - done))
        for group in self.optimizer.param_groups:
            group["lr"] = lr

    def save(self) -> None:
        torch.save({"weights": self.model.state_dict(), "dims": self.model.dims}, self.args.out)

    def report(self, step: int, seconds: float, log: list) -> None:
        ce, acc, phone, guide = np.mean(log, 0)
        print(f"{seconds / 60:5.1f} min step {step} ce {ce:.3f} acc {acc:.3f} phone {phone:.3f} guide {guide:.3f} "
              f"{seconds / step:.2f}s/step", flush=True)

    def run(self) -> None:
        args, model = self.args, self.model
        begin, step, log = time.time(), 0, []
        while (done := (time.time() - begin) / 60 / args.minutes) < 1:
            self.set_learning_rate(step, done)
            rows = self.draw_batch(done)
            mel = log_mel(torch.from_numpy(np.stack([r.x for r in rows])))
            with torch.set_grad_enabled(not args.freeze):
                xa = model.encode(mel)
            for _ in range(args.freeze or 1):
                log.append(self.step(rows, xa))
                step += 1
                if step % LOG_STEPS == 0:
                    self.report(step, time.time() - begin, log)
                    log = []
                    self.save()
        self.save()


def main(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    trainer = Trainer(args)
    print(sum(p.numel() for p in trainer.model.parameters()) / 1e6, "M parameters", flush=True)
    trainer.run()


if __name__ == "__main__":
    main(parse_arguments())
