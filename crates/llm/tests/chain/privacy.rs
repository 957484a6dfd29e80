//! 10,000 prompts about invented people; every byte that the provider received is searched.

use alfa_llm::{Masker, PromptBuilder, Provider, Purpose, Request};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::fake::Reply;
use crate::people::{found, person, sentence};
use crate::support::{World, settings};

#[tokio::test]
async fn no_identifier_reaches_a_provider() {
    let seed = 20_261_128;
    let mut rng = StdRng::seed_from_u64(seed);
    let world = World::new(1);
    let recorder = world.fake(Reply::good("да")).await;
    let chain = world.chain(vec![settings(Provider::Gemini, &recorder)]).await;
    let mut people = Vec::new();
    let mut kept_amounts = 0;
    for _ in 0..10_000 {
        let who = person(&mut rng);
        let mut builder = PromptBuilder::new("Правила.", Masker::of(&who.identity), &*world.clock)
            .public("Ставка 19,9 %, до 7 000 000 ₽.")
            .profile(&sentence(&mut rng, &who));
        for _ in 0..rng.random_range(1..4) {
            builder = builder.person_wrote(&sentence(&mut rng, &who));
            builder = builder.we_wrote(&format!(
                "Спасибо, {}!",
                who.identity.first_name.as_ref().unwrap()
            ));
        }
        let prompt = builder.build();
        chain
            .complete(&Request::new(Purpose::Reply, &prompt))
            .await
            .unwrap();
        people.push(who);
    }
    let received = recorder.received();
    assert_eq!(received.len(), people.len());
    for (who, received) in people.iter().zip(&received) {
        let told = found(who, &received.head, &received.body);
        assert_eq!(told, None, "seed {seed}: {}", received.body);
        kept_amounts += usize::from(
            received
                .body
                .contains("Хочу 7 000 000 ₽ под 19,9 % до 31.01.2027"),
        );
    }
    assert!(kept_amounts > 1_000, "amounts and dates stay: {kept_amounts}");
}
