import { filesOfPrecision, isDescription } from './model-paths';
import type { ExpectedFile } from './model-store-api';
import { parsePrecision, weightPaths, type PrecisionKey } from './precisions';

/** A repository of the hub as others have downloaded and hashed it. */
export interface KnownRepository {
  /** Commit, or 'main' where nobody names one. */
  readonly revision: string;
  readonly files: readonly ExpectedFile[];
  /** Bytes of both graphs where those of each are not known. */
  readonly totals: Readonly<Partial<Record<PrecisionKey, number>>>;
}

/**
 * The files that the catalogue downloads: SHA-256, bytes, path; "-" for a hash that nobody states. A precision in the
 * path's place gives the bytes of its graphs together, and rounded ones are estimates. docs/models.md says where each
 * comes from. The name of a repository is followed by the commit that all of it belongs to.
 */
const LIST = `
onnx-community/whisper-tiny_timestamped 517244293732ee2d58139af5814231b7e6830a0d
46aeea0a406afbeb563fc8e59ca10609203df4299af6a83f73752fef369efd2d 2243 config.json
f5c67e5a4f7102f8cb4d058bc95da276bbc19eeec997267c3bb0f25ef68facd1 3772 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566 2480466 tokenizer.json
2a4c4281cf9f51ac6ccc406fdc711a087afe6530f671fa7b80953edc498275ce 282683 tokenizer_config.json
8944ec04111e040305cdb07ac97f50363024255bf0bdc67ab93ecb76645f31ae 32894434 onnx/encoder_model.onnx
a3308674834b99123b32c33e3577b09b6547df8c3cea16b5f1d0c36ebbd02b1f 86804581 onnx/decoder_model_merged_q4.onnx
d4397fbfed1975bb5dd1bedb748808367331c85293f54cbc927774728daec2b2 10097109 onnx/encoder_model_quantized.onnx
ced2053c1aa8ff7048927197416a5c169f50010e7b280e5d564b46a991fca011 30730264 onnx/decoder_model_merged_quantized.onnx

onnx-community/whisper-tiny.en_timestamped aeaa13760958b03fac5062f457d317d3319c3168
251ea843b5901a99efa58c0b99b8052c6019aa3e7d2baf46693a1128ff606233 2197 config.json
7b2e8451ed5f118e75fdd991409d72119d21d2fef1eba9723f68fb9c57fe5dc9 1646 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
5eb60cec1e77aeeb6869a2bb5a8e01a84c3fe5d072d75369343021fe6f5310d0 2405679 tokenizer.json
93879c3dccdd4b976f709acd85b44778873f30c275e67026f30ca1e4c975230c 282662 tokenizer_config.json
e19140280ff8ae5299e4a82566e6c33e809f45b635428f7674ac821dd64f2ccc 32894434 onnx/encoder_model.onnx
19885c31b799d9a4387be37bc85bbf856b2f1b93f525b9b0a2d66aaad8d8a37f 86803045 onnx/decoder_model_merged_q4.onnx
- 10097112 onnx/encoder_model_quantized.onnx
- 30729881 onnx/decoder_model_merged_quantized.onnx

onnx-community/whisper-base_timestamped 608c49e61301901684bc36cac8f74b95ff6b5a8e
f4d0608f7d918166da7edb3e188de5ef1bfe70d9802e785d271fd88111e9cf4b 2243 config.json
61070cf8de25b1e9256e8e102ded49d8d24a8369ed36ef84fdf21549e68125a0 3832 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566 2480466 tokenizer.json
2e036e4dbacfdeb7242c7d4ec4149f4a16e86026048f94d1637e3a8ee9c6a573 282682 tokenizer_config.json
7fcea817bb2be4d86729b521e5a7fcbec28fa743edfed67e882b33ff15852540 82451730 onnx/encoder_model.onnx
fc1902ce2e42c69b2346d8e2a98898c60c01da1e6a64ae90f41d22350ac7db13 123738327 onnx/decoder_model_merged_q4.onnx
2714484ebe1bae7c1646e8eadb768bb9d415cf11763466d21f23039a29c62e6f 23159167 onnx/encoder_model_quantized.onnx
cf9a8d5bcddc0917a0078135b484cedcaf44f28909cd91910abd29dced9171db 53712708 onnx/decoder_model_merged_quantized.onnx

onnx-community/whisper-base.en_timestamped fa239a41836c3305f6beec180e5940f3823ff5b8
c8a0de5ed8a083565a4319db29d0c210fda35b4d6076c2d711cae53ae00f3cb1 2197 config.json
3479b1f44a07e41db799e22599222fee5816738036def94a39841cb9cdbb4120 1556 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
5eb60cec1e77aeeb6869a2bb5a8e01a84c3fe5d072d75369343021fe6f5310d0 2405679 tokenizer.json
93879c3dccdd4b976f709acd85b44778873f30c275e67026f30ca1e4c975230c 282662 tokenizer_config.json
f9fafccf043f762fea42ce685a097b1c1f7c3a062d2208a568481716312f8e35 82451730 onnx/encoder_model.onnx
08e3d960d1c38e2b13515a49c34ebe363bcb0abf0ff9d7e4838961c0476a2be6 123736279 onnx/decoder_model_merged_q4.onnx
- 76871369 q8+q8

onnx-community/whisper-small_timestamped 65caa70f294b46e1c33ff820aae6b16d048ab818
457854d452f17661e197d74aee12b8e74fb75ba30ebfaa7426d0d61ea1e08a18 2227 config.json
f538b28220c6a6d6f1af1458d4141cacb4ef4963df3de98a19490440c412ddf0 3893 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566 2480466 tokenizer.json
2a4c4281cf9f51ac6ccc406fdc711a087afe6530f671fa7b80953edc498275ce 282683 tokenizer_config.json
c0908c1ef2326f5487d1f77e56c6925f910ae56c87fa269ed885682ac851e588 352791798 onnx/encoder_model.onnx
333bf5560a548e89b03abab5c4d33a7057129b08782707cebcbdf25b63588915 233421212 onnx/decoder_model_merged_q4.onnx
- 249036248 q8+q8

onnx-community/whisper-small.en_timestamped 8085393831131554ad978a4e438295a734d3d2c0
8825c4174cb86f94d9fa67614942f8aa17bfbbdf2fae5426d4adfd0bc5893c43 2203 config.json
5490747ca976d6b3765280a0697d66489020c2afa6e754244d9cd093e1639331 1956 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
5eb60cec1e77aeeb6869a2bb5a8e01a84c3fe5d072d75369343021fe6f5310d0 2405679 tokenizer.json
93879c3dccdd4b976f709acd85b44778873f30c275e67026f30ca1e4c975230c 282662 tokenizer_config.json
d36ca46845a050a1bef76c282a79267916f0b5d4a37df6bac341f26bb36fb8eb 352791798 onnx/encoder_model.onnx
f84e8bba8a243e1952d6fb2f39e894655330f03ff085ae2f917b80360b3b658d 233418140 onnx/decoder_model_merged_q4.onnx
- 249035489 q8+q8

onnx-community/whisper-medium_timestamped main
8690388eab438c28ffc0697e2551a60b4f062c7e110e381115c6d9922658293a 1417 config.json
6e52512ad5b2131ce01b4c52378617fe6ec5322b452e1598ce929e903da58f94 3779 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
7b469ff15eb7816315aa45eec391f5943d639b9d73d110f5c003df5192fd54e3 3930494 tokenizer.json
21a4fc0483c14b87f4e0bbc177a9a357479bfa7c95aaf21ad53d71e9c5afafb9 282713 tokenizer_config.json
14f1c06f35847888421501231f641da6beaa257eb4990ddc063892160d1179b0 1229148954 onnx/encoder_model.onnx
c3282b5f111d07d954368f65830d1ba54019625799532ac5559b683e76db6567 469359189 onnx/decoder_model_merged_q4.onnx
- 985716093 q8+q8

onnx-community/whisper-medium.en_timestamped 475d02b986111e8e2d28206d82e64bb820f5c6db
ad31ca7a37eede52184e6b76d293f854b8f056c65189020e56e2fed9448b36c8 1372 config.json
adc5433fa7db17931299f430e5dcaf3995baf5218bcd577c9972db12314c97c3 1971 generation_config.json
a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d 339 preprocessor_config.json
287537d5be89a39bd18e7e3875ad9900faa668493fb759392b8f52a492eca5db 3855707 tokenizer.json
7498445adabf4fd836db90b0f0d979ca9dc0b543528e5d9f1912430a5879e212 282692 tokenizer_config.json
e2261b8c05ee58f62cca0bc7026f05c9cd66e9a3c03dbe8821f085fdce869f5c 1229148954 onnx/encoder_model.onnx
18282746412f1ea287204cd012a2ae3c986a6a16b2e4d3c259f675be7cd7deb9 469355093 onnx/decoder_model_merged_q4.onnx
- 985710974 q8+q8

onnx-community/whisper-large-v3-turbo_timestamped b3f77bf9a8c4d5ea3415827033d1ffea7955fd9a
32c02d1dfb9a93ff236cdcf0f741f8f3a4cedb437c407a361a022451ac009131 1330 config.json
8568ddf83476167b4607014956b87142763fa6923e71259a606734beb39bdfc8 3797 generation_config.json
7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711 340 preprocessor_config.json
b3c8202bbf06d8ee4232c5984baa563784ac4737e2e7fdc42fa180200d3cfcdb 2480645 tokenizer.json
844b642c73a91359722f47b35705f7174686df33d252695d8572cf9ac03a6389 282843 tokenizer_config.json
a5bece0f99f86b5fed85e59b6b23299500639b283a0a6e00098e6583ed1baeb8 644883359 onnx/encoder_model_quantized.onnx
b4ab1c92a9bcf8c8fdc49deacb57ac51b707d5248bc7868af42371b896c3ae52 439997434 onnx/decoder_model_merged_quantized.onnx
- 1608611679 fp16+q4
- 2882584170 fp32+q4

onnx-community/whisper-large-v3-ONNX 3b6257ad5e67aa523c7c07f4fea04d445eecc4a6
- 1288 config.json
- 3896 generation_config.json
- 340 preprocessor_config.json
- 3930645 tokenizer.json
- 282873 tokenizer_config.json
- 797258751 onnx/decoder_model_merged_q4.onnx
- 2072000000 fp16+q4
- 3345547003 fp32+q4
- 1550000000 q8+q8

onnx-community/distil-small.en_timestamped main
- 364000000 fp16+q4
- 175000000 q8+q8

onnx-community/distil-medium.en_timestamped main
- 850000000 fp16+q4
- 402000000 q8+q8

distil-whisper/distil-large-v3 8031d2e6ce6631b7fc45629dddfc00271116d981
- 1575000000 fp16+q4
- 767000000 q8+q8

onnx-community/distil-large-v3.5-ONNX d908cd7fba0fb226f14b14ad955f22797ecfe5d5
- 1575000000 fp16+q4
- 767000000 q8+q8
`;

const REPOSITORIES = new Map(LIST.trim().split('\n\n').map(parseRepository));

/** What is known of a repository of the hub; nothing for any but the catalogue's. */
export function knownRepository(repository: string): KnownRepository {
  return REPOSITORIES.get(repository) ?? { revision: 'main', files: [], totals: {} };
}

/** The files of a repository that a precision reads, as far as they are known. */
export function expectedFiles(repository: string, key: PrecisionKey): readonly ExpectedFile[] {
  const { files } = knownRepository(repository);
  const paths = filesOfPrecision(
    files.map(({ path }) => path),
    parsePrecision(key),
  );
  return files.filter(({ path }) => paths.includes(path));
}

/** What downloading a precision asks for, the small files included; null where nobody says. */
export function downloadBytes(repository: string, key: PrecisionKey): number | null {
  const { totals } = knownRepository(repository);
  const files = expectedFiles(repository, key);
  const sum = (some: readonly ExpectedFile[]): number =>
    some.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const weights = files.filter(({ path }) => !isDescription(path));
  const hasBoth = weightPaths(parsePrecision(key)).every((graph) =>
    weights.some(({ path }) => path === graph),
  );
  const weightBytes = totals[key] ?? (hasBoth ? sum(weights) : null);
  return weightBytes === null ? null : weightBytes + sum(files) - sum(weights);
}

function parseRepository(text: string): [name: string, known: KnownRepository] {
  const [head = '', ...lines] = text.split('\n');
  const [name = '', revision = ''] = head.split(' ');
  const rows = lines.map((line) => line.split(' ') as [sha256: string, bytes: string, of: string]);
  const files = rows
    .filter(([, , of]) => of.includes('.'))
    .map(([sha256, bytes, path]) => ({
      path,
      sizeBytes: Number(bytes),
      sha256: sha256 === '-' ? null : sha256,
    }));
  const totals = rows
    .filter(([, , of]) => !of.includes('.'))
    .map(([, bytes, key]) => [key, Number(bytes)]);
  return [
    name,
    { revision, files, totals: Object.fromEntries(totals) as KnownRepository['totals'] },
  ];
}
