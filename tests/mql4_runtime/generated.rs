//! Commands with random numbers and strings, always the same ones; Rust's own reading and
//! `serde_json`'s writing say what the answers are.

use serde_json::{Value, json};

/// Several thousand commands.
pub(crate) fn commands() -> Vec<Value> {
    let mut random = Random(1);
    let mut commands = Vec::new();
    for _ in 0..600 {
        let any = f64::from_bits(random.next());
        if any.is_finite() {
            commands.push(double(&format!("{any:e}")));
            commands.push(double(&format!("{any:.24e}")));
        }
        let subnormal = f64::from_bits(random.below(1 << 52));
        commands.push(double(&format!("{subnormal:e}")));
        let price = random.below(1 << 34);
        commands.push(double(&format!(
            "{}.{:05}",
            price / 100_000,
            price % 100_000
        )));
        commands.push(double(&format!(
            "{}e{}",
            random.next(),
            i64::from(random.byte()) - 128
        )));
        commands.extend(near_the_middle(&mut random));
        commands.extend(integers(&mut random));
        commands.push(string(&mut random));
    }
    commands
}

/// A number midway between two doubles, and its neighbours.
fn near_the_middle(random: &mut Random) -> Vec<Value> {
    let odd = u128::from(((1 << 53) | random.below(1 << 53)) * 2 + 1) >> 1 | 1;
    let above = odd << random.below(70);
    let power = u32::try_from(random.below(32)).expect("less than 32");
    let below = odd * 5u128.pow(power);
    [-1i128, 0, 1]
        .into_iter()
        .flat_map(|step| {
            let texts = [
                format!("{}", above.wrapping_add_signed(step)),
                format!("{}e-{power}", below.wrapping_add_signed(step)),
            ];
            texts.map(|text| double(&text))
        })
        .collect()
}

fn double(text: &str) -> Value {
    let value: f64 = text.parse().expect("Rust reads JSON's numbers");
    json!({ "op": "double", "text": text, "answer": ecmascript(value) })
}

fn integers(random: &mut Random) -> [Value; 2] {
    let shift = random.below(64);
    let natural = random.next() >> shift;
    let whole = natural.cast_signed();
    [
        json!({ "op": "long", "text": whole.to_string(), "answer": whole.to_string() }),
        json!({ "op": "ulong", "text": natural.to_string(), "answer": natural.to_string() }),
    ]
}

/// A string of characters that are written in different ways, spelled plainly or in escapes.
fn string(random: &mut Random) -> Value {
    let length = random.below(12);
    let text: String = (0..length)
        .map(|_| {
            let limit = match random.byte() % 5 {
                0 => 0x20,
                1 => 0x80,
                2 => 0x800,
                3 => 0x1_0000,
                _ => 0x11_0000,
            };
            let code = u32::try_from(random.below(limit).max(1)).expect("less than 2^32");
            char::from_u32(code).unwrap_or('\u{FFFD}')
        })
        .collect();
    let plain = json!(text).to_string();
    let escaped: Vec<String> = text
        .encode_utf16()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect();
    let spelled = if random.byte() < 128 {
        plain.clone()
    } else {
        format!("\"{}\"", escaped.concat())
    };
    json!({ "op": "string", "text": spelled, "answer": plain })
}

/// A finite double laid out as ECMAScript does. The shortest digits are those `serde_json` writes:
/// of two equally near it takes the even one, as ECMAScript does and `{:e}` does not.
fn ecmascript(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = serde_json::to_string(&value.abs()).expect("a finite number is JSON");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let leading = all.len() - significant.len();
    let digits = significant.trim_end_matches('0');
    // value = 0.digits * 10^point
    let before =
        i32::try_from(whole.len()).expect("short") - i32::try_from(leading).expect("short");
    let point = before + power.parse::<i32>().expect("an exponent is a number");
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", laid_out(digits, point))
}

fn laid_out(digits: &str, point: i32) -> String {
    let size = usize::try_from(point.abs()).expect("an exponent is small");
    if point > 21 || point <= -6 {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        return format!("{first}{dot}{rest}e{:+}", point - 1);
    }
    if point <= 0 {
        return format!("0.{}{digits}", "0".repeat(size));
    }
    if size >= digits.len() {
        return format!("{digits:0<size$}");
    }
    let (whole, fraction) = digits.split_at(size);
    format!("{whole}.{fraction}")
}

/// Steele, Lea and Flood's `SplitMix64`: enough for tests, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}
