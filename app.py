"""The CDK app: `python app.py` writes the stage's templates to cdk.out (the stage stands in the context)."""

from infra import application

import aws_cdk as cdk  # isort: skip - infra brings the Node that aws_cdk starts


def main() -> None:
    """Synthesize."""
    app = cdk.App(analytics_reporting=False)
    application.build(app)
    app.synth()


if __name__ == "__main__":
    main()
