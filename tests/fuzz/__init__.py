"""Bad input: whatever is sent, the answer is a sentence, nothing breaks and nothing changes that was refused."""
