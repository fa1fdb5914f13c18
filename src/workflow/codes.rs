//! What can be wrong with a workflow, by code.

use crate::diagnostic::{Code, Severity};

macro_rules! codes {
    ($($name:ident, $code:literal, $severity:ident, $explain:literal;)*) => {
        $(pub(crate) static $name: Code = Code {
            name: $code,
            severity: Severity::$severity,
            explain: $explain,
        };)*

        /// Every code of this room.
        pub const CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    WORKFLOW_INVALID, "workflow-invalid", Error, "\
A workflow file has a key that there is not, or a value of the wrong type. `contracts schema workflow`
prints the schema of workflow files; editors that are given it complete and check them.
";
    WORKFLOW_NAME, "workflow-name", Error, "\
A step, phase, input or output has a name that cannot be used, or the same name as another. Names are
letters, digits, `-` and `_`, and begin with a letter or `_`. Within a file a name stands for one step only;
in expressions `-` is written `_`, so `a-b` and `a_b` are the same name.
";
    WORKFLOW_STEP_UNKNOWN, "workflow-step-unknown", Error, "\
`needs`, `on-failure`, `--only` or the like names a step that the file does not have, or a step of a branch
that cannot be seen from there: steps of a branch are known to their own branch only, the conditional step
stands for them outside.
";
    WORKFLOW_KIND, "workflow-kind", Error, "\
A step does nothing, or two things at once, or something there is not. It has either `uses` (with `with`) or
one of `pass`, `shell`, `template`, `assert`, `webhook`, `conditional`, `workflow`, `agent`, and the
arguments of that kind.
";
    WORKFLOW_EXPRESSION, "workflow-expression", Error, "\
An expression in `${{ }}` breaks the grammar, or uses a name that is not there when it is evaluated. There
are `inputs`, `env`, `needs.<step>.outputs.<name>` and `needs.<step>.result` of the steps that `needs` lists,
`matrix`, `run.id`, `run.workflow`, and the functions `success()`, `failure()`, `always()`, `cancelled()` and
`changed('glob')`.
";
    WORKFLOW_CYCLE, "workflow-cycle", Error, "\
Steps wait for each other in a circle, or workflows call each other in one, so that none can begin. The
message goes round it once, step by step.
";
    WORKFLOW_CALL, "workflow-call", Error, "\
A step calls a workflow that is not there, gives it an input it does not have, or does not give it one that
it requires.
";
    WORKFLOW_INPUT, "workflow-input", Error, "\
An input's default is not what the input itself allows: another type, not one of `enum`, beyond a bound, or
not matched by `pattern`.
";
    WORKFLOW_UNREACHABLE, "workflow-unreachable", Warning, "\
A step can never run: its `if` is always false, or it stands in a branch behind an `else` or behind an `if`
that is always true.
";
    WORKFLOW_OUTPUT_UNUSED, "workflow-output-unused", Warning, "\
A step declares an output that no expression reads. Declared and unread, it is one more thing to keep true.
";
    WORKFLOW_INPUT_UNUSED, "workflow-input-unused", Warning, "\
The workflow takes an input that no expression reads: who gives it expects it to do something.
";
    WORKFLOW_TIMEOUT_MISSING, "workflow-timeout-missing", Warning, "\
A step starts a program or waits for a server, and has no `timeout`: where the other side hangs, so does the
run. Say how long an attempt may take at most.
";
    WORKFLOW_SECRET, "workflow-secret", Error, "\
A text of a workflow looks like a secret: a token of a known make, or a plain value under a name such as
`password`. Whoever reads the repository has it. Give it through the environment, and name the variable
under `secrets` of a profile, so that it is masked in every log.
";
    WORKFLOW_INJECTION, "workflow-injection", Warning, "\
A shell script holds `${{ }}` of a value that somebody else gives: `$(…)` or `;` in it would be run. Hand it
over as an environment variable (`env: {NAME: ${{ inputs.name }}}` and `\"$NAME\"` in the script), or quote it:
`${{ inputs.name | quote }}`.
";
    WORKFLOW_CASE_FAILED, "workflow-case-failed", Error, "\
A case of `contracts workflow test` went another way than its file expects: the notes say where. No step was
really done; steps ended as the case says.
";
    WORKFLOW_PROFILE, "workflow-profile", Error, "\
A step names a profile that the workflow does not have, or a kind of step has one that starts no program.
";
}
