"""The JSON files of a Whisper model folder in the Hugging Face layout. Imported by export_demo.py and twin.py."""
import json

from bpe import Tokenizer

END, START = "<|endoftext|>", "<|startoftranscript|>"


def write_json(out: str, name: str, value: dict) -> None:
    with open(f"{out}/{name}", "w") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)


def shared_fields(special: dict[str, int], blank: int) -> dict:
    """What config.json and generation_config.json both open with; blank is the id of a lone space."""
    end = special[END]
    return {
        "bos_token_id": end, "eos_token_id": end, "pad_token_id": end,
        "decoder_start_token_id": special[START], "begin_suppress_tokens": [blank, end],
    }


def language_fields(special: dict[str, int], languages: list[str] | tuple[str, ...]) -> dict:
    """What only multilingual models have in generation_config.json."""
    return {
        "lang_to_id": {f"<|{lang}|>": special[f"<|{lang}|>"] for lang in languages},
        "task_to_id": {"transcribe": special["<|transcribe|>"], "translate": special["<|translate|>"]},
    }


def decoding_fields(special: dict[str, int], dims: dict, suppress_tokens: list[int]) -> dict:
    """The rest of generation_config.json; every head of the last decoder layer aligns."""
    return {
        "no_timestamps_token_id": special["<|notimestamps|>"], "prev_sot_token_id": special["<|startofprev|>"],
        "max_initial_timestamp_index": 50, "max_length": dims["ctx"], "return_timestamps": False,
        "suppress_tokens": suppress_tokens,
        "alignment_heads": [[dims["dec"] - 1, h] for h in range(dims["heads"])],
    }


def write_config(out: str, shared: dict, dims: dict, n_mels: int) -> None:
    d, heads, ctx = dims["d"], dims["heads"], dims["ctx"]
    write_json(out, "config.json", shared | {
        "architectures": ["WhisperForConditionalGeneration"], "model_type": "whisper", "activation_function": "gelu",
        "d_model": d, "encoder_layers": dims["enc"], "decoder_layers": dims["dec"],
        "encoder_attention_heads": heads, "decoder_attention_heads": heads,
        "encoder_ffn_dim": 4 * d, "decoder_ffn_dim": 4 * d,
        "num_hidden_layers": dims["enc"], "num_mel_bins": n_mels,
        "max_source_positions": 1500, "max_target_positions": ctx, "vocab_size": dims["vocab"],
        "is_encoder_decoder": True, "scale_embedding": False, "max_length": ctx, "median_filter_width": 7,
    })


def write_preprocessor(out: str, n_mels: int) -> None:
    write_json(out, "preprocessor_config.json", {
        "chunk_length": 30, "feature_extractor_type": "WhisperFeatureExtractor", "feature_size": n_mels,
        "hop_length": 160, "n_fft": 400, "n_samples": 480000, "nb_max_frames": 3000,
        "padding_side": "right", "padding_value": 0.0, "processor_class": "WhisperProcessor",
        "return_attention_mask": False, "sampling_rate": 16000,
    })


def added_token(name: str, token_id: int) -> dict:
    is_timestamp = name[2].isdigit()
    return {
        "id": token_id, "content": name, "single_word": False, "lstrip": False, "rstrip": False,
        "normalized": False, "special": not is_timestamp,
    }


def write_tokenizer(out: str, vocab: dict[str, int], merges: list[str], special: dict[str, int]) -> None:
    """tokenizer.json and tokenizer_config.json; merges are "left right", special maps names to ids."""
    write_json(out, "tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [added_token(name, i) for name, i in special.items()],
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "",
            "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False, "vocab": vocab, "merges": merges,
        },
    })
    write_json(out, "tokenizer_config.json", {
        "tokenizer_class": "WhisperTokenizer", "model_max_length": 1024, "add_prefix_space": False,
        "bos_token": END, "eos_token": END, "unk_token": END, "pad_token": END,
        "errors": "replace", "processor_class": "WhisperProcessor",
    })


def find_quiet_tokens(tok: Tokenizer) -> list[int]:
    """Ids that are not speech, as openai/whisper's Tokenizer.non_speech_tokens chooses them."""
    notes = ["♪", "♫"]
    quiet = {tok.encode(" -")[0], tok.encode(" '")[0]}
    for symbol in list('"#()*+/:;<=>@[\\]^_`{|}~') + ["<<", ">>", "--", "(("] + notes:
        for ids in (tok.encode(symbol), tok.encode(" " + symbol)):
            if len(ids) == 1 or symbol in notes:
                quiet.add(ids[0])
    return sorted(quiet)
