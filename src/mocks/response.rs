//! What `lambda:invoke` makes of a function's result.

use super::Request;
use super::request::object;
use crate::timestamp::{Timestamp, civil_from_days};
use crate::value::Value;

/// The answer of the optimised integration `lambda:invoke`, with the headers of a recorded one.
pub(super) fn optimised(payload: Value, request: &Request, now: Timestamp) -> Value {
    let length = payload.size().to_string();
    let hex = request.request_id.replace('-', "");
    let trace = format!("root=1-{:08x}-{};sampled=0", now.0.div_euclid(1000) as u32, &hex[..24.min(hex.len())]);
    let (date, id) = (http_date(now), request.request_id.clone());
    let header = |name: &str| -> Value {
        match name {
            "X-Amz-Executed-Version" => "$LATEST".into(),
            "x-amzn-Remapped-Content-Length" => "0".into(),
            "Connection" => "keep-alive".into(),
            "x-amzn-RequestId" => id.as_str().into(),
            "Content-Length" => length.as_str().into(),
            "Date" => date.as_str().into(),
            "X-Amzn-Trace-Id" => trace.as_str().into(),
            _ => "application/json".into(),
        }
    };
    // The two lists of headers differ in order, and the recorded answers keep it.
    let all = [
        "X-Amz-Executed-Version",
        "x-amzn-Remapped-Content-Length",
        "Connection",
        "x-amzn-RequestId",
        "Content-Length",
        "Date",
        "X-Amzn-Trace-Id",
        "Content-Type",
    ];
    let single = [
        "Connection",
        "Content-Length",
        "Content-Type",
        "Date",
        "X-Amz-Executed-Version",
        "x-amzn-Remapped-Content-Length",
        "x-amzn-RequestId",
        "X-Amzn-Trace-Id",
    ];
    object([
        ("ExecutedVersion", "$LATEST".into()),
        ("Payload", payload),
        (
            "SdkHttpMetadata",
            object([
                ("AllHttpHeaders", object(all.map(|name| (name, Value::array(vec![header(name)]))))),
                ("HttpHeaders", object(single.map(|name| (name, header(name))))),
                ("HttpStatusCode", 200.into()),
            ]),
        ),
        ("SdkResponseMetadata", object([("RequestId", id.as_str().into())])),
        ("StatusCode", 200.into()),
    ])
}

/// The answer of the SDK's `aws-sdk:lambda:invoke`: the payload as text, a thrown error as an ordinary answer.
pub(super) fn sdk(payload: &Value, failed: bool) -> Value {
    let error = failed.then(|| ("FunctionError".into(), "Unhandled".into()));
    let members = [("ExecutedVersion".into(), "$LATEST".into())].into_iter().chain(error);
    Value::object(members.chain([("Payload".into(), payload.to_string().into()), ("StatusCode".into(), 200.into())]))
}

/// `Thu, 01 Jan 1970 00:00:00 GMT`, as HTTP has it.
fn http_date(now: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = now.0.div_euclid(1000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil_from_days(days);
    let weekday = DAYS[days.rem_euclid(7) as usize];
    let month = MONTHS[(month - 1).clamp(0, 11) as usize];
    format!("{weekday}, {day:02} {month} {year:04} {:02}:{:02}:{:02} GMT", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_http_has_them() {
        assert_eq!(http_date(Timestamp(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
        let leap = Timestamp::parse("2024-02-29T23:59:59Z").unwrap();
        assert_eq!(http_date(leap), "Thu, 29 Feb 2024 23:59:59 GMT");
    }
}
