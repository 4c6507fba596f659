# The commands of the house; each is a script that can be run alone.
.PHONY: demo test vllm-env

demo: ## the bundled case from chart to signed report
	sh scripts/demo.sh

test: ## everything that must hold before a change is kept
	sh scripts/test.sh

vllm-env: ## an environment of its own for vLLM on a CPU
	sh scripts/vllm_env.sh
