//! Times and resources as people read them.

use crate::engine::TaskName;
use crate::float;
use crate::spec::service_title;

/// A duration in milliseconds as seconds: `0 s`, `0.18 s`, `12.5 s`, `2 min 5 s`, `3 h 0 min`, `2 d 4 h`.
pub fn seconds(millis: i64) -> String {
    let millis = millis.max(0);
    let total = millis / 1000;
    match total {
        0..60 => {
            let text = float::fixed(millis as f64 / 1000.0, 2);
            let text = text.trim_end_matches('0').trim_end_matches('.');
            // Shorter than shown, but not nothing.
            if text == "0" && millis > 0 { "<0.01 s".to_string() } else { format!("{text} s") }
        }
        60..3_600 => format!("{} min {} s", total / 60, total % 60),
        3_600..86_400 => format!("{} h {} min", total / 3_600, total / 60 % 60),
        _ => format!("{} d {} h", total / 86_400, total / 3_600 % 24),
    }
}

/// A time since the start to the millisecond: `3.118 s`; from an hour on `1:00:03.118`.
pub fn elapsed(millis: i64) -> String {
    let millis = millis.max(0);
    let (seconds, rest) = (millis / 1000, millis % 1000);
    if seconds < 3_600 {
        format!("{seconds}.{rest:03} s")
    } else {
        format!("{}:{:02}:{:02}.{rest:03}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}

/// What a Task calls in words: `Lambda greet`, `SNS publish`, `SQS sendMessage`, `S3 putObject`, `Activity review`.
pub fn resource_words(task: &TaskName) -> String {
    if task.resource_type.is_empty() || task.resource.starts_with("arn:") {
        let is_activity = task.resource.contains(":activity:");
        let name = task.resource.split(":function:").nth(1).or_else(|| task.resource.split(":activity:").nth(1));
        let name = name.unwrap_or(&task.resource).split(':').next().unwrap_or_default();
        return format!("{} {name}", if is_activity { "Activity" } else { "Lambda" });
    }
    let action = task.resource.split('.').next().unwrap_or_default();
    format!("{} {action}", service_title(&task.resource_type))
}

/// Where a scale of this many milliseconds has its marks, and what they say: at most `most`, at round numbers.
pub fn ticks(total: i64, most: usize) -> Vec<(i64, String)> {
    const SECOND: i64 = 1_000;
    const MINUTE: i64 = 60 * SECOND;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    #[rustfmt::skip]
    const STEPS: &[i64] = &[
        1, 2, 5, 10, 20, 50, 100, 200, 500,
        SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND,
        MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE,
        HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR,
        DAY, 7 * DAY, 30 * DAY, 90 * DAY,
    ];
    let most = most.max(1) as i64;
    let fits = |step: &&i64| total / **step <= most;
    let step = STEPS.iter().find(fits).copied().unwrap_or_else(|| total / most + 1);
    (0..=total.max(0) / step).map(|mark| (mark * step, scale_words(mark * step, step))).collect()
}

/// A mark of a scale: `0`, `500 ms`, `1.5 s`, `2 min`, `3 h`, `1 d`.
fn scale_words(at: i64, step: i64) -> String {
    let (unit, millis) = match step {
        0..100 => ("ms", 1),
        100..60_000 => ("s", 1_000),
        60_000..3_600_000 => ("min", 60_000),
        3_600_000..86_400_000 => ("h", 3_600_000),
        _ => ("d", 86_400_000),
    };
    if at == 0 {
        return "0".to_string();
    }
    // At most one decimal: no step of a unit is finer than a tenth of it.
    let number = float::fixed(at as f64 / millis as f64, 1);
    format!("{} {unit}", number.trim_end_matches('0').trim_end_matches('.'))
}

/// Bytes in words: `214 B`, `1.5 KB`.
pub fn bytes(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", float::fixed(bytes as f64 / 1_000.0, 1)),
        _ => format!("{} MB", float::fixed(bytes as f64 / 1_000_000.0, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let cases = [
            (-5, "0 s"),
            (0, "0 s"),
            (1, "<0.01 s"),
            (180, "0.18 s"),
            (2500, "2.5 s"),
            (5320, "5.32 s"),
            (59_990, "59.99 s"),
            (125_000, "2 min 5 s"),
            (10_800_000, "3 h 0 min"),
            (187_200_000, "2 d 4 h"),
        ];
        for (millis, words) in cases {
            assert_eq!(seconds(millis), words);
        }
        assert_eq!(elapsed(3_118), "3.118 s");
        assert_eq!(elapsed(3_603_118), "1:00:03.118");
    }

    #[test]
    fn scales_have_round_marks() {
        let words = |total, most| ticks(total, most).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" | ");
        assert_eq!(words(5_320, 6), "0 | 1 s | 2 s | 3 s | 4 s | 5 s");
        assert_eq!(words(0, 6), "0");
        assert_eq!(words(40, 5), "0 | 10 ms | 20 ms | 30 ms | 40 ms");
        assert_eq!(words(700, 5), "0 | 0.2 s | 0.4 s | 0.6 s");
        assert_eq!(words(3_000_000, 6), "0 | 10 min | 20 min | 30 min | 40 min | 50 min");
        assert_eq!(words(31_536_000_000, 6), "0 | 90 d | 180 d | 270 d | 360 d");
        for total in [1, 59, 1_001, 123_456, 9_876_543_210, 300_000_000_000_000] {
            assert!((1..=7).contains(&ticks(total, 6).len()), "{total}");
        }
    }

    #[test]
    fn sizes() {
        assert_eq!([0, 214, 1_540, 262_144, 5_000_000].map(bytes), ["0 B", "214 B", "1.5 KB", "262.1 KB", "5.0 MB"]);
    }

    #[test]
    fn resources() {
        let words = |resource_type: &str, resource: &str| {
            resource_words(&TaskName { resource_type: resource_type.into(), resource: resource.into() })
        };
        assert_eq!(words("", "arn:aws:lambda:us-east-1:123456789012:function:greet:PROD"), "Lambda greet");
        assert_eq!(words("", "arn:aws:states:us-east-1:123456789012:activity:review"), "Activity review");
        assert_eq!(words("", "Provide-Lambda-Function-Arn"), "Lambda Provide-Lambda-Function-Arn");
        assert_eq!(words("lambda", "invoke.waitForTaskToken"), "Lambda invoke");
        assert_eq!(words("aws-sdk:s3", "putObject"), "S3 putObject");
        assert_eq!(words("glue", "startJobRun.sync"), "Glue startJobRun");
        assert_eq!(words("", ""), "Lambda ");
    }
}
