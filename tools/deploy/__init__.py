"""Deploys a stage to a real account with nothing but Python: what `cdk deploy` does, by boto3 over the cloud assembly.

The CDK's own command line is on npm only. Where it is at hand, `cdk deploy --all -c stage=dev` does the same.
"""
