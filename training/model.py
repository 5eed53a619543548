"""Whisper's architecture (Radford et al. 2022), small: pre-norm encoder over log-mel frames, decoder with cross attention. Imported by train.py."""
import math

import torch
import torch.nn.functional as F
from torch import nn

N_MELS, N_FFT, HOP = 80, 400, 160


def mel_filters(n_mels: int = N_MELS, sr: int = 16000) -> torch.Tensor:
    """Slaney-normalised triangular mel filters, [n_mels, 201]."""
    def hz_to_mel(f):
        f = torch.as_tensor(f, dtype=torch.float64)
        return torch.where(f < 1000, f * 3 / 200, 15 + torch.log(f.clamp(min=1e-9) / 1000) / (math.log(6.4) / 27))
    def mel_to_hz(m):
        return torch.where(m < 15, m * 200 / 3, 1000 * torch.exp((m - 15) * math.log(6.4) / 27))
    freqs = torch.linspace(0, sr / 2, N_FFT // 2 + 1, dtype=torch.float64)
    pts = mel_to_hz(torch.linspace(float(hz_to_mel(0.)), float(hz_to_mel(sr / 2)), n_mels + 2, dtype=torch.float64))
    up = (freqs[None] - pts[:-2, None]) / (pts[1:-1] - pts[:-2])[:, None]
    down = (pts[2:, None] - freqs[None]) / (pts[2:] - pts[1:-1])[:, None]
    return (torch.minimum(up, down).clamp(min=0) * (2 / (pts[2:] - pts[:-2]))[:, None]).float()


FILTERS, WINDOW = mel_filters(), torch.hann_window(N_FFT)


def log_mel(x: torch.Tensor) -> torch.Tensor:
    """Waveforms [B, samples] at 16 kHz -> [B, 80, samples/160]."""
    spec = torch.stft(x, N_FFT, HOP, window=WINDOW, return_complex=True)[..., :-1].abs() ** 2
    m = (FILTERS @ spec).clamp(min=1e-10).log10()
    m = torch.maximum(m, m.amax(dim=(1, 2), keepdim=True) - 8)
    return (m + 4) / 4


class Attention(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.weights = None  # kept for the alignment loss
        self.q, self.k, self.v, self.out = nn.Linear(d, d), nn.Linear(d, d, bias=False), nn.Linear(d, d), nn.Linear(d, d)

    def forward(self, x, kv=None, causal=False):
        kv = x if kv is None else kv
        B, T, d = x.shape
        split = lambda t: t.view(B, -1, self.heads, d // self.heads).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(kv)), split(self.v(kv))
        w = q @ k.transpose(-1, -2) * (d // self.heads) ** -0.5
        if causal:
            w = w + torch.full((T, T), float("-inf")).triu(1)
        self.weights = w = w.softmax(-1)
        return self.out((w @ v).transpose(1, 2).reshape(B, T, d))


class Block(nn.Module):
    def __init__(self, d, heads, cross):
        super().__init__()
        self.attn, self.attn_ln = Attention(d, heads), nn.LayerNorm(d)
        self.cross, self.cross_ln = (Attention(d, heads), nn.LayerNorm(d)) if cross else (None, None)
        self.fc1, self.fc2, self.mlp_ln = nn.Linear(d, 4 * d), nn.Linear(4 * d, d), nn.LayerNorm(d)

    def forward(self, x, xa=None):
        x = x + self.attn(self.attn_ln(x), causal=xa is not None)
        if self.cross is not None:
            x = x + self.cross(self.cross_ln(x), xa)
        return x + self.fc2(F.gelu(self.fc1(self.mlp_ln(x))))


def sinusoids(length: int, d: int) -> torch.Tensor:
    inv = torch.exp(-math.log(10000) / (d // 2 - 1) * torch.arange(d // 2))
    t = torch.arange(length)[:, None] * inv[None]
    return torch.cat([t.sin(), t.cos()], 1)


def convolve(layer, x):
    """Conv1d as windows times a matrix: the backward pass of Debian's torch 1.13 conv1d returns garbage (values of 1e35 now and then)."""
    windows = F.pad(x, (1, 1)).unfold(2, 3, layer.stride[0])  # [B, C, T, 3]
    y = windows.permute(0, 2, 1, 3).flatten(2) @ layer.weight.flatten(1).T + layer.bias
    return y.transpose(1, 2)


class Whisper(nn.Module):
    def __init__(self, vocab, n_text, d=128, heads=2, enc=4, dec=2, ctx=448):
        super().__init__()
        self.dims = dict(vocab=vocab, d=d, heads=heads, enc=enc, dec=dec, ctx=ctx, n_text=n_text)
        self.conv1, self.conv2 = nn.Conv1d(N_MELS, d, 3, padding=1), nn.Conv1d(d, d, 3, stride=2, padding=1)
        self.register_buffer("enc_pos", sinusoids(1500, d))
        self.enc = nn.ModuleList(Block(d, heads, False) for _ in range(enc))
        self.enc_ln = nn.LayerNorm(d)
        self.tok = nn.Embedding(vocab, d)
        self.dec_pos = nn.Parameter(torch.randn(ctx, d) * 0.02)
        self.dec = nn.ModuleList(Block(d, heads, True) for _ in range(dec))
        self.dec_ln = nn.LayerNorm(d)
        self.phones = nn.Linear(d, 160)  # training aid: the phoneme sounding in each frame
        nn.init.normal_(self.tok.weight, std=0.05)

    def encode(self, mel: torch.Tensor) -> torch.Tensor:
        """[B, 80, frames] -> [B, frames / 2, d]"""
        x = F.gelu(convolve(self.conv2, F.gelu(convolve(self.conv1, mel)))).transpose(1, 2)
        x = x + self.enc_pos[: x.shape[1]]
        for b in self.enc:
            x = b(x)
        return self.enc_ln(x)

    def decode(self, ids: torch.Tensor, xa: torch.Tensor) -> torch.Tensor:
        """Logits [B, T, vocab] of ids [B, T] over the encoder output xa."""
        x = self.tok(ids) + self.dec_pos[: ids.shape[1]]
        for b in self.dec:
            x = b(x, xa)
        return self.dec_ln(x) @ self.tok.weight.T
