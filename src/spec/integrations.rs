//! The table of optimised integrations: what a Task's `Resource` can call, with which patterns.

/// One action of one service.
#[derive(Clone, Copy, Debug)]
pub struct Integration {
    /// `lambda:invoke`, as in `arn:aws:states:::lambda:invoke`.
    pub call: &'static str,
    /// What people call it: `Lambda invoke`.
    pub title: &'static str,
    /// The endings the ARN may have besides none.
    pub endings: &'static [&'static str],
    /// The names of the arguments it is usually given.
    pub arguments: &'static [&'static str],
}

const NONE: &[&str] = &[];
const JOB: &[&str] = &[".sync"];
const JOB_2: &[&str] = &[".sync", ".sync:2", ".waitForTaskToken"];
const CALLBACK: &[&str] = &[".waitForTaskToken"];
const BOTH: &[&str] = &[".sync", ".waitForTaskToken"];

const fn row(
    call: &'static str,
    title: &'static str,
    endings: &'static [&'static str],
    arguments: &'static [&'static str],
) -> Integration {
    Integration { call, title, endings, arguments }
}

/// Step Functions Developer Guide, Integrating optimized services; the most used first.
pub const INTEGRATIONS: &[Integration] = &[
    row("lambda:invoke", "Lambda invoke", CALLBACK, &["FunctionName", "Payload"]),
    row("sns:publish", "SNS publish", CALLBACK, &["TopicArn", "Message"]),
    row("sqs:sendMessage", "SQS send message", CALLBACK, &["QueueUrl", "MessageBody"]),
    row("dynamodb:getItem", "DynamoDB get item", NONE, &["TableName", "Key"]),
    row("dynamodb:putItem", "DynamoDB put item", NONE, &["TableName", "Item"]),
    row("dynamodb:updateItem", "DynamoDB update item", NONE, &["TableName", "Key"]),
    row("dynamodb:deleteItem", "DynamoDB delete item", NONE, &["TableName", "Key"]),
    row("states:startExecution", "Start execution", JOB_2, &["StateMachineArn", "Input"]),
    row("events:putEvents", "EventBridge put events", CALLBACK, &["Entries"]),
    row("http:invoke", "HTTP invoke", NONE, &["ApiEndpoint", "Method", "Authentication"]),
    row("apigateway:invoke", "API Gateway invoke", CALLBACK, &["ApiEndpoint", "Method"]),
    row("batch:submitJob", "Batch submit job", JOB, &["JobDefinition", "JobName", "JobQueue"]),
    row("ecs:runTask", "ECS run task", BOTH, &["Cluster", "TaskDefinition"]),
    row("glue:startJobRun", "Glue start job run", JOB, &["JobName"]),
    row("databrew:startJobRun", "DataBrew start job run", JOB, &["Name"]),
    row("athena:startQueryExecution", "Athena start query", JOB, &["QueryString", "WorkGroup"]),
    row("athena:stopQueryExecution", "Athena stop query", NONE, &["QueryExecutionId"]),
    row("athena:getQueryExecution", "Athena get query", NONE, &["QueryExecutionId"]),
    row("athena:getQueryResults", "Athena get results", NONE, &["QueryExecutionId"]),
    row("codebuild:startBuild", "CodeBuild start build", JOB, &["ProjectName"]),
    row("codebuild:stopBuild", "CodeBuild stop build", NONE, &["Id"]),
    row("codebuild:batchDeleteBuilds", "CodeBuild delete builds", NONE, &["Ids"]),
    row("codebuild:batchGetReports", "CodeBuild get reports", NONE, &["ReportArns"]),
    row("codebuild:startBuildBatch", "CodeBuild start batch", JOB, &["ProjectName"]),
    row("codebuild:stopBuildBatch", "CodeBuild stop batch", NONE, &["Id"]),
    row("codebuild:retryBuildBatch", "CodeBuild retry batch", JOB, &["Id"]),
    row("codebuild:deleteBuildBatch", "CodeBuild delete batch", NONE, &["Id"]),
    row("bedrock:invokeModel", "Bedrock invoke model", CALLBACK, &["ModelId", "Body"]),
    row("bedrock:createModelCustomizationJob", "Bedrock customise model", JOB, &["BaseModelIdentifier", "JobName"]),
    row("eks:createCluster", "EKS create cluster", JOB, &["Name", "RoleArn", "ResourcesVpcConfig"]),
    row("eks:deleteCluster", "EKS delete cluster", JOB, &["Name"]),
    row("eks:createNodegroup", "EKS create node group", JOB, &["ClusterName", "NodegroupName"]),
    row("eks:deleteNodegroup", "EKS delete node group", JOB, &["ClusterName", "NodegroupName"]),
    row("eks:createFargateProfile", "EKS create Fargate profile", JOB, &["ClusterName", "FargateProfileName"]),
    row("eks:deleteFargateProfile", "EKS delete Fargate profile", JOB, &["ClusterName", "FargateProfileName"]),
    row("eks:runJob", "EKS run job", BOTH, &["ClusterName", "Job"]),
    row("eks:call", "EKS call", CALLBACK, &["ClusterName", "Method", "Path"]),
    row("elasticmapreduce:createCluster", "EMR create cluster", JOB, &["Name", "Instances"]),
    row("elasticmapreduce:terminateCluster", "EMR terminate cluster", JOB, &["ClusterId"]),
    row("elasticmapreduce:addStep", "EMR add step", JOB, &["ClusterId", "Step"]),
    row("elasticmapreduce:cancelStep", "EMR cancel step", NONE, &["ClusterId", "StepId"]),
    row("elasticmapreduce:setClusterTerminationProtection", "EMR set protection", NONE, &["ClusterId", "TerminationProtected"]),
    row("elasticmapreduce:modifyInstanceFleetByName", "EMR modify fleet", NONE, &["ClusterId", "InstanceFleetName"]),
    row("elasticmapreduce:modifyInstanceGroupByName", "EMR modify group", NONE, &["ClusterId", "InstanceGroupName"]),
    row("emr-containers:createVirtualCluster", "EMR on EKS create cluster", NONE, &["Name", "ContainerProvider"]),
    row("emr-containers:deleteVirtualCluster", "EMR on EKS delete cluster", JOB, &["Id"]),
    row("emr-containers:startJobRun", "EMR on EKS start job", JOB, &["VirtualClusterId", "ExecutionRoleArn", "ReleaseLabel"]),
    row("emr-serverless:createApplication", "EMR Serverless create", JOB, &["Name", "ReleaseLabel", "Type"]),
    row("emr-serverless:startApplication", "EMR Serverless start", JOB, &["ApplicationId"]),
    row("emr-serverless:stopApplication", "EMR Serverless stop", JOB, &["ApplicationId"]),
    row("emr-serverless:deleteApplication", "EMR Serverless delete", JOB, &["ApplicationId"]),
    row("emr-serverless:startJobRun", "EMR Serverless start job", JOB, &["ApplicationId", "ExecutionRoleArn", "JobDriver"]),
    row("emr-serverless:cancelJobRun", "EMR Serverless cancel job", JOB, &["ApplicationId", "JobRunId"]),
    row("mediaconvert:createJob", "MediaConvert create job", JOB, &["Role", "Settings"]),
    row("sagemaker:createTrainingJob", "SageMaker train", JOB, &["TrainingJobName", "AlgorithmSpecification"]),
    row("sagemaker:createTransformJob", "SageMaker transform", JOB, &["TransformJobName", "ModelName"]),
    row("sagemaker:createProcessingJob", "SageMaker process", JOB, &["ProcessingJobName", "AppSpecification"]),
    row("sagemaker:createLabelingJob", "SageMaker label", JOB, &["LabelingJobName", "InputConfig"]),
    row("sagemaker:createHyperParameterTuningJob", "SageMaker tune", JOB, &["HyperParameterTuningJobName"]),
    row("sagemaker:createModel", "SageMaker create model", NONE, &["ModelName", "ExecutionRoleArn"]),
    row("sagemaker:createEndpoint", "SageMaker create endpoint", NONE, &["EndpointName", "EndpointConfigName"]),
    row("sagemaker:createEndpointConfig", "SageMaker endpoint config", NONE, &["EndpointConfigName", "ProductionVariants"]),
    row("sagemaker:updateEndpoint", "SageMaker update endpoint", NONE, &["EndpointName", "EndpointConfigName"]),
];

/// The row of a call such as `sqs:sendMessage`, without its ending.
pub fn integration(call: &str) -> Option<&'static Integration> {
    INTEGRATIONS.iter().find(|row| row.call == call)
}
