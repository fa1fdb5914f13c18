#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
#ifdef _DEBUG
#endif
// refused: preprocessor at 3:1
