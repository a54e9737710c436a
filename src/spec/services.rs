//! The services that a Task can call, as people know them.

use crate::letters;

/// A service by its name in an integration's ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    pub id: &'static str,
    /// What people call it: `API Gateway`.
    pub title: &'static str,
    pub kind: ServiceKind,
}

/// What a service is, as far as a picture of it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    Function,
    Queue,
    Topic,
    Table,
    Bucket,
    Job,
    Bus,
    Http,
    Workflow,
    Other,
}

const fn row(id: &'static str, title: &'static str, kind: ServiceKind) -> Service {
    Service { id, title, kind }
}

/// Step Functions Developer Guide, Integrating services.
pub const SERVICES: &[Service] = &[
    row("apigateway", "API Gateway", ServiceKind::Http),
    row("athena", "Athena", ServiceKind::Job),
    row("batch", "Batch", ServiceKind::Job),
    row("bedrock", "Bedrock", ServiceKind::Other),
    row("bedrockagent", "Bedrock agent", ServiceKind::Other),
    row("bedrockruntime", "Bedrock", ServiceKind::Other),
    row("cloudformation", "CloudFormation", ServiceKind::Other),
    row("cloudwatch", "CloudWatch", ServiceKind::Other),
    row("codebuild", "CodeBuild", ServiceKind::Job),
    row("databrew", "DataBrew", ServiceKind::Job),
    row("dynamodb", "DynamoDB", ServiceKind::Table),
    row("ec2", "EC2", ServiceKind::Other),
    row("ecs", "ECS", ServiceKind::Job),
    row("eks", "EKS", ServiceKind::Job),
    row("elasticmapreduce", "EMR", ServiceKind::Job),
    row("emr-containers", "EMR on EKS", ServiceKind::Job),
    row("emr-serverless", "EMR Serverless", ServiceKind::Job),
    row("eventbridge", "EventBridge", ServiceKind::Bus),
    row("events", "EventBridge", ServiceKind::Bus),
    row("glue", "Glue", ServiceKind::Job),
    row("http", "HTTP", ServiceKind::Http),
    row("iam", "IAM", ServiceKind::Other),
    row("kms", "KMS", ServiceKind::Other),
    row("lambda", "Lambda", ServiceKind::Function),
    row("mediaconvert", "MediaConvert", ServiceKind::Job),
    row("rds", "RDS", ServiceKind::Table),
    row("rdsdata", "RDS Data", ServiceKind::Table),
    row("redshiftdata", "Redshift Data", ServiceKind::Table),
    row("s3", "S3", ServiceKind::Bucket),
    row("sagemaker", "SageMaker", ServiceKind::Job),
    row("scheduler", "Scheduler", ServiceKind::Bus),
    row("secretsmanager", "Secrets Manager", ServiceKind::Other),
    row("ses", "SES", ServiceKind::Topic),
    row("sesv2", "SES", ServiceKind::Topic),
    row("sfn", "Step Functions", ServiceKind::Workflow),
    row("sns", "SNS", ServiceKind::Topic),
    row("sqs", "SQS", ServiceKind::Queue),
    row("ssm", "Systems Manager", ServiceKind::Other),
    row("states", "Step Functions", ServiceKind::Workflow),
    row("sts", "STS", ServiceKind::Other),
];

/// The row of a service; `aws-sdk:` in front doesn't count.
pub fn service(id: &str) -> Option<&'static Service> {
    let id = id.strip_prefix("aws-sdk:").unwrap_or(id);
    SERVICES.iter().find(|service| service.id == id)
}

/// What people call a service; one that isn't in the table by its own name, with a capital.
pub fn service_title(id: &str) -> String {
    match service(id) {
        Some(service) => service.title.to_owned(),
        None => letters::upper_first(id.strip_prefix("aws-sdk:").unwrap_or(id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_have_titles() {
        assert_eq!(service_title("aws-sdk:s3"), "S3");
        assert_eq!(service_title("apigateway"), "API Gateway");
        assert_eq!(service_title("polly"), "Polly");
        assert_eq!(service_title(""), "");
    }
}
