"""Run: python3 -m unittest discover tools/python  (needs: pip install confluent-kafka)"""
import json, pathlib, unittest
import fraud_watch_agent as agent

CLAIM = {
    "messageId": "msg-1", "timestamp": "2026-11-22T10:00:00Z", "sourceAgentId": "claims-processing-agent",
    "targetAgentId": None, "messageType": "CLAIM_FILED", "priority": "NORMAL", "schemaVersion": 1,
    "payload": {"customerId": "c-1", "claimId": "clm-1", "policyId": "pol-1", "cause": "FIRE",
                "lossAt": "2026-09-01T10:00:00Z", "reportedAt": "2026-11-22T10:00:00Z",
                "estimatedLoss": {"amount": 2_500_000, "currency": "GBP"}, "reporter": "policyholder"},
    "metadata": {"conversationId": "conv-1", "causationId": "msg-0"},
}


def with_payload(**changes):
    return {**CLAIM, "payload": {**CLAIM["payload"], **changes}}


class FraudWatchAgent(unittest.TestCase):
    def test_answers_a_large_claim_that_came_late(self):
        out = agent.answer(CLAIM)
        self.assertEqual(out["message_type"], "RISK_ASSESSMENT_COMPLETED")
        self.assertEqual(out["payload"], {"customer_id": "c-1", "risk_score": 80,
                                          "risk_factors": ["late_report", "large_loss"],
                                          "recommendations": ["second_look"]})
        self.assertEqual(out["metadata"], {"conversationId": "conv-1", "causationId": "msg-1"})

    def test_keeps_the_priority_of_what_it_answers(self):
        self.assertEqual(agent.answer({**CLAIM, "priority": "HIGH"})["priority"], "HIGH")
        self.assertEqual(agent.answer({name: CLAIM[name] for name in CLAIM if name != "priority"})["priority"], "NORMAL")

    def test_says_the_same_under_the_same_id_when_a_claim_comes_again(self):
        self.assertEqual(json.dumps(agent.answer(CLAIM)), json.dumps(agent.answer(CLAIM)))
        self.assertNotEqual(agent.answer(CLAIM)["message_id"], agent.answer({**CLAIM, "messageId": "msg-2"})["message_id"])

    def test_stays_quiet_about_an_ordinary_claim(self):
        ordinary = with_payload(lossAt="2026-11-20T10:00:00Z", estimatedLoss={"amount": 100, "currency": "GBP"})
        self.assertIsNone(agent.answer(ordinary))

    def test_leaves_other_types_and_messages_for_other_agents_alone(self):
        self.assertIsNone(agent.answer({**CLAIM, "messageType": "CLAIM_PAID"}))
        self.assertIsNone(agent.answer({**CLAIM, "targetAgentId": "risk-assessment-agent"}))

    def test_the_guide_shows_this_program(self):
        here = pathlib.Path(__file__).parent
        guide = (here / "../../docs/guides/python-agent.md").resolve().read_text()
        self.assertIn((here / "fraud_watch_agent.py").read_text().strip(), guide)


if __name__ == "__main__":
    unittest.main()
