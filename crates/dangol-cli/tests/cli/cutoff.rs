//! Cutoffs of a list of numbers: in sentences, as JSON, and how wrong input is told.

use serde_json::Value;

use super::{dangol, file};

/// What eight members spent; two of them nothing.
const SPEND: &str = "90\n70\n70\n\n 70 \n40\n10\n0\n0\n";

#[test]
fn a_cutoff_is_a_number_and_a_sentence() -> anyhow::Result<()> {
    let spend = file("spend.txt", SPEND)?;
    for (args, said) in [
        (
            &["--top-percent", "33"][..],
            "70 or more: 4 of 6, 3 with exactly that\nleft out because it is 0: 2\n",
        ),
        (
            &["--top-count", "2", "--exclude-ties", "--count-nothing"],
            "90 or more: 1 of 8, 1 with exactly that\n",
        ),
        (&["--above-average", "--lang", "ko"], "59 이상: 6명 중 4명\n값이 0이어서 제외: 2명\n"),
        (&["--above-median=200", "--count-nothing"], "110 or more: nobody of 8\n"),
        (&["--groups", "2", "--count-nothing"], "70 or more: 4 of 8, 3 with exactly that\n"),
    ] {
        let run = dangol(&[&["cutoff", &spend], args].concat(), "")?;
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), said, ""), "{args:?}");
    }
    Ok(())
}

#[test]
fn values_come_from_a_pipe_and_the_answer_goes_out_as_json() -> anyhow::Result<()> {
    let run = dangol(&["cutoff", "--groups", "3", "--digits", "2", "--json"], "1\n2\n3\n4\n5\n6\n7\n")?;
    let told: Value = serde_json::from_str(&run.out)?;
    assert_eq!(
        (run.code, &told["cutoffs"][0]["value"], &told["values"]),
        (Some(0), &"3.00".into(), &7.into())
    );
    assert_eq!(told["cutoffs"].as_array().map(Vec::len), Some(2));
    Ok(())
}

#[test]
fn what_is_wrong_is_told_where_it_stands() -> anyhow::Result<()> {
    for (args, input, said) in [
        (
            &["--top-count", "1"][..],
            "1\n\n  1,000\n",
            "<stdin>:3:3: expected an exact decimal such as `12.50`, found `1,000` [invalid_value]",
        ),
        (
            &["--top-count", "1"],
            "\n5\n-5\n",
            "<stdin>:3:1: must be nothing or more, found `-5` [out_of_range]",
        ),
        (
            &["--top-count", "1", "--digits", "0"],
            "5.5",
            "<stdin>:1:1: the cut has 0 digits after the point, found `5.5` [too_many_digits]",
        ),
        (&["--top-count", "1"], "", "<stdin>: expected at least one value [empty]"),
        (&["--top-count", "1"], "0\n0\n", "<stdin>: all 2 are nothing, and those are left out [empty]"),
        (
            &["--top-percent", "101"],
            "5",
            "--top-percent: must be more than 0 and at most 100, found `101` [out_of_range]",
        ),
        (
            &["--above-average=0"],
            "5",
            "--above-average: must be more than 0 and at most 10000, found `0` [out_of_range]",
        ),
    ] {
        let run = dangol(&[&["cutoff"], args].concat(), input)?;
        let first = run.err.lines().next().unwrap_or_default();
        assert_eq!((run.code, first, run.out.as_str()), (Some(1), said, ""), "{args:?}");
    }
    for args in
        [&["cutoff"][..], &["cutoff", "--groups", "2", "--top-count", "1"], &["cutoff", "--groups", "few"]]
    {
        assert_eq!(dangol(args, "1\n")?.code, Some(2), "{args:?}");
    }
    Ok(())
}
