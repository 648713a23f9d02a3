"""The language models that can be plugged in: llama.cpp, a folder for transformers, a server. They obey ``protocols.LanguageModel``."""
