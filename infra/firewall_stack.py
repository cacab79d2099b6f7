"""The web ACL, in the one region where CloudFront looks for it."""

from aws_cdk import CfnOutput, Fn
from constructs import Construct

from infra.firewall import Firewall
from infra.settings import Settings
from infra.stack import Stack

REGION = "us-east-1"
_OUTPUT = "WebAclArn"


class FirewallStack(Stack):
    """Deployed before the front, wherever the front's own stack is."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Firewall", settings, "web ACL of the CDN", region=REGION)
        acl = Firewall(self, settings.guards).resource
        CfnOutput(self, _OUTPUT, value=acl.attr_arn, description="The web ACL that the front is behind")

    @property
    def web_acl_arn(self) -> str:
        """The ARN as stacks of other regions read it."""
        return Fn.get_stack_output(self.stack_name, _OUTPUT, REGION)
