//! Lets the assistant's providers answer. One with function calling chooses the tools; one without (a Timeweb agent) gets
//! the snapshot and the likely tool's result in its context. What they write is checked against the tools' results.

use std::collections::BTreeSet;

use alfa_llm::{
    ASSISTANT_DEADLINE_MS, Cause, Completion, DataClass, Masker, Prompt, PromptBuilder, Provider,
    ProviderCause, Purpose, Request, Tool as Function, ToolChoice,
};
use serde_json::{Map, Value, json};

use super::desk::{Desk, Ending, Outcome, definition, iso};
use super::ground::Ground;
use super::lexis::tokens;
use super::tool::{Args, Call, Tool};
use super::veil::Veil;
use super::{Question, Reply, Role, clients, run, source};
use crate::ai::{chain_clock, words};
use crate::error::AppResult;

const RULES: &str = include_str!("rules.txt");
/// The longest answer, in tokens: models that think first count their thoughts.
const MAX_TOKENS: u32 = 900;
/// Times that a provider may ask for tools before it must answer.
const MOST_ROUNDS: usize = 4;
/// Calls of tools in one answer.
const MOST_CALLS: usize = 8;
/// Turns of the conversation that a provider is told.
const TOLD_TURNS: usize = 6;
/// A turn is told so far, in characters.
const TOLD_CHARS: usize = 1_000;
/// A result is told so far, in characters.
const RESULT_CHARS: usize = 4_000;

/// What came of one provider.
enum Tried {
    Answered(String, Vec<Outcome>),
    Failed(Vec<ProviderCause>),
}

/// Asks the providers in their order; the first good answer takes the place of the offline one in `reply`.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    desk: &Desk,
    question: &Question,
    offline: Option<&Outcome>,
    reply: &mut Reply,
) -> AppResult<()> {
    let began = desk.app.clock.now();
    let states = desk.app.ai.assistant().states();
    let order: Vec<Provider> = states
        .iter()
        .filter(|state| state.configured)
        .map(|state| state.provider)
        .collect();
    let mut causes = Vec::new();
    for provider in order {
        let left_ms = ASSISTANT_DEADLINE_MS - desk.app.clock.now().ms_since(began);
        if left_ms <= 0 {
            break;
        }
        let talk = Talk::begin(desk, question, offline, provider, left_ms).await?;
        match Box::pin(talk.hold()).await? {
            Tried::Answered(message, outcomes) => {
                reply.message = message;
                reply.provider = provider.name();
                merge(desk, reply, &outcomes);
                reply.notices = told(desk, &causes);
                return Ok(());
            }
            Tried::Failed(why) => causes.extend(why),
        }
    }
    reply.degraded = true;
    reply.notices = told(desk, &causes);
    Ok(())
}

fn told(desk: &Desk, causes: &[ProviderCause]) -> Vec<String> {
    causes
        .iter()
        .map(|one| words::cause(desk.lang, one.provider, &one.model, one.cause))
        .collect()
}

/// What the provider's tools returned stands in the reply beside what the offline engine found.
fn merge(desk: &Desk, reply: &mut Reply, outcomes: &[Outcome]) {
    if outcomes.is_empty() {
        return;
    }
    (reply.calls, reply.sources) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        reply.data.extend(outcome.data.clone());
        reply.calls.push(outcome.call.clone());
        reply.sources.push(source(desk, outcome));
    }
}

/// One provider and one question.
struct Talk<'a> {
    desk: &'a Desk,
    provider: Provider,
    veil: Veil,
    ground: Ground,
    outcomes: Vec<Outcome>,
    builder: Option<PromptBuilder>,
    functions: Vec<Function>,
    began: alfa_store::UnixMillis,
    left_ms: i64,
}

impl<'a> Talk<'a> {
    async fn begin(
        desk: &'a Desk,
        question: &Question,
        offline: Option<&Outcome>,
        provider: Provider,
        left_ms: i64,
    ) -> AppResult<Self> {
        let calls_functions = provider.quirks().functions;
        let mut talk = Self {
            desk,
            provider,
            veil: Veil::default(),
            ground: Ground::default(),
            outcomes: Vec::new(),
            builder: None,
            functions: if calls_functions {
                functions(desk)
            } else {
                Vec::new()
            },
            began: desk.app.clock.now(),
            left_ms,
        };
        for named in &desk.names.staff {
            talk.veil.learn(&named.name);
        }
        talk.cover_people(question).await?;
        talk.ground.ask(&question.message);
        let today = iso(desk.today);
        talk.ground.learn(&desk.day(desk.today));
        let clock = chain_clock(&desk.app);
        let mut builder = PromptBuilder::new(RULES, Masker::new(), &*clock).public(&format!(
            "Today is {today}, the time zone is {}, the currency is {}. Answer in the language of the question.",
            desk.calendar.zone_name(),
            desk.app.config.currency
        ));
        for (role, said) in told_turns(question) {
            let covered = talk.veil.cover(&said);
            builder = match role {
                Role::User => builder.user_asked(&covered),
                Role::Assistant => builder.we_wrote(&covered),
            };
        }
        if !calls_functions {
            builder = talk.context(builder, offline).await?;
        }
        talk.builder = Some(builder.user_asked(&talk.veil.cover(&question.message)));
        Ok(talk)
    }

    /// Words of the conversation that are names of people whom the database knows, also in small letters.
    async fn cover_people(&mut self, question: &Question) -> AppResult<()> {
        let turns = told_turns(question).map(|(_, said)| said);
        let words: BTreeSet<String> = std::iter::once(question.message.clone())
            .chain(turns)
            .flat_map(|said| tokens(&said))
            .filter(|token| token.word.chars().all(char::is_alphabetic))
            .filter(|token| token.word.chars().count() > if token.is_capital() { 1 } else { 2 })
            .map(|token| token.raw)
            .collect();
        for word in words {
            if !clients::find(self.desk, &word, 1).await?.is_empty() {
                self.veil.learn(&word);
            }
        }
        Ok(())
    }

    /// For who calls no functions: the snapshot and the likely tool's result.
    async fn context(
        &mut self,
        builder: PromptBuilder,
        offline: Option<&Outcome>,
    ) -> AppResult<PromptBuilder> {
        let call = Call {
            tool: Tool::Snapshot,
            args: Args::default(),
        };
        let snapshot = run::run(self.desk, &call).await?;
        let mut results = vec![self.result(&snapshot)];
        if let Some(outcome) = offline.filter(|outcome| outcome.call.tool != Tool::Snapshot) {
            results.push(self.result(outcome));
            self.outcomes.push(outcome.clone());
        } else {
            self.outcomes.push(snapshot);
        }
        Ok(builder.profile(&Value::Array(results).to_string()))
    }

    /// A tool's result as a provider sees it, learnt as ground.
    fn result(&mut self, outcome: &Outcome) -> Value {
        for name in &outcome.people {
            self.veil.learn(name);
        }
        self.ground.call(&json!(outcome.call.args).to_string());
        let definition = definition(self.desk, outcome.call.tool);
        for text in [
            &outcome.text,
            &definition,
            &Value::Object(spelled(&outcome.data)).to_string(),
        ] {
            self.ground.learn(text);
        }
        let text: String = self
            .veil
            .cover(&outcome.text)
            .chars()
            .take(RESULT_CHARS)
            .collect();
        json!({"tool": outcome.call.tool.name(), "result": text, "definition": definition})
    }

    async fn hold(mut self) -> AppResult<Tried> {
        for round in 0..=MOST_ROUNDS {
            let last = round == MOST_ROUNDS || self.outcomes.len() >= MOST_CALLS;
            let Some(builder) = self.builder.take() else { break };
            let prompt = builder.clone().build();
            let completion = match self.complete(&prompt, last).await {
                Ok(completion) => completion,
                Err(causes) => return Ok(Tried::Failed(causes)),
            };
            if completion.tool_calls.is_empty() {
                return Ok(self.judged(&completion));
            }
            self.builder = Some(self.call(builder, &completion).await?);
        }
        Ok(Tried::Failed(vec![self.because(Cause::Rejected)]))
    }

    async fn complete(&self, prompt: &Prompt, last: bool) -> Result<Completion, Vec<ProviderCause>> {
        let grounded = |answer: &str| match self.ground.check(&self.veil.lift(answer)) {
            None => Ok(()),
            Some(_) => Err("a figure or a name that no tool returned".to_owned()),
        };
        let mut request = Request::new(Purpose::Assistant, prompt);
        request.deadline_ms = self.left_ms - self.desk.app.clock.now().ms_since(self.began);
        request.max_tokens = MAX_TOKENS;
        request.temperature = Some(0.0);
        request.tools.clone_from(&self.functions);
        request.tool_choice =
            (!self.functions.is_empty()).then_some(if last { ToolChoice::None } else { ToolChoice::Auto });
        request.validate = Some(&grounded);
        let chain = self.desk.app.ai.assistant().select(&[self.provider]);
        chain
            .complete(&request)
            .await
            .map_err(|exhausted| exhausted.causes)
    }

    /// Runs what the provider asks for, with the caller's rights.
    async fn call(&mut self, builder: PromptBuilder, completion: &Completion) -> AppResult<PromptBuilder> {
        let mut builder = builder.tool_calls(&completion.text, completion.tool_calls.clone());
        for wanted in &completion.tool_calls {
            let lifted = self.veil.lift(&wanted.function.arguments);
            let arguments = serde_json::from_str::<Map<String, Value>>(&lifted).unwrap_or_default();
            let call = Tool::of(&wanted.function.name).map(|tool| tool.call(arguments));
            let result = match call {
                None => json!({"error": "there is no such tool"}),
                Some(Err(bad)) => json!({"error": format!("{}: {}", bad.field, bad.why)}),
                Some(Ok(_)) if self.outcomes.len() >= MOST_CALLS => {
                    json!({"error": "too many calls, answer now"})
                }
                Some(Ok(call)) => {
                    let outcome = run::run(self.desk, &call).await?;
                    let result = self.result(&outcome);
                    self.outcomes.push(outcome);
                    result
                }
            };
            builder = builder.tool_result(&wanted.id, DataClass::Profile, &result.to_string());
        }
        Ok(builder)
    }

    /// An answer without a tool's figures is none: the question was about the business.
    fn judged(self, completion: &Completion) -> Tried {
        let asked = self
            .outcomes
            .iter()
            .any(|outcome| outcome.ending == Ending::Figures);
        if !asked && !self.functions.is_empty() {
            let causes = vec![self.because(Cause::Rejected)];
            return Tried::Failed(causes);
        }
        Tried::Answered(self.veil.lift(&completion.text), self.outcomes)
    }

    fn because(&self, cause: Cause) -> ProviderCause {
        ProviderCause {
            provider: self.provider,
            model: String::new(),
            cause,
        }
    }
}

/// What of the conversation a provider is told.
fn told_turns(question: &Question) -> impl Iterator<Item = (Role, String)> {
    let skipped = question.history.len().saturating_sub(TOLD_TURNS);
    question.history.iter().skip(skipped).map(|turn| {
        let said = turn.content.chars().take(TOLD_CHARS).collect();
        (turn.role, said)
    })
}

/// Figures without amounts in minor units, which nobody must say as they are.
fn spelled(data: &Map<String, Value>) -> Map<String, Value> {
    let amounts = data.get("formatted").and_then(Value::as_object);
    data.iter()
        .filter(|(key, value)| amounts.is_none_or(|amounts| !amounts.contains_key(*key)) && !value.is_array())
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The tools that the caller may use.
fn functions(desk: &Desk) -> Vec<Function> {
    Tool::ALL
        .iter()
        .filter(|tool| desk.rights.may(tool.domain()))
        .map(|tool| Function::function(tool.name(), tool.about(), Value::Object(tool.schema())))
        .collect()
}
